<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
  <context>
    <name>AboutDialog</name>
    <message>
      <source>About Netwright</source>
      <translation>Über Netwright</translation>
    </message>
    <message>
      <source>Copy versions</source>
      <translation>Versionen kopieren</translation>
    </message>
    <message>
      <source>Design neural networks by drawing them. The drawing is PyTorch code; it is trained, watched and exported here.

Free software under the MIT licence. It sends nothing anywhere.</source>
      <translation>Neuronale Netze entwerfen, indem man sie zeichnet. Die Zeichnung ist PyTorch-Code; hier wird sie trainiert, beobachtet und exportiert.

Freie Software unter der MIT-Lizenz. Sie sendet nichts irgendwohin.</translation>
    </message>
  </context>
  <context>
    <name>Again</name>
    <message>
      <source>Its weights are not those of {0}.</source>
      <translation>Seine Gewichte sind nicht die von {0}.</translation>
    </message>
    <message>
      <source>Its weights are those of {0}, to the last bit.</source>
      <translation>Seine Gewichte sind die von {0}, bis aufs letzte Bit.</translation>
    </message>
    <message>
      <source>Show both</source>
      <translation>Beide zeigen</translation>
    </message>
    <message>
      <source>What differs between both is shown in Runs.</source>
      <translation>Was sich zwischen beiden unterscheidet, steht unter „Läufe“.</translation>
    </message>
    <message>
      <source>{0} again</source>
      <translation>{0} noch einmal</translation>
    </message>
  </context>
  <context>
    <name>Arranging</name>
    <message>
      <source>Align {} nodes</source>
      <translation>{} Knoten ausrichten</translation>
    </message>
    <message>
      <source>Distribute {} nodes</source>
      <translation>{} Knoten verteilen</translation>
    </message>
    <message>
      <source>Duplicate note</source>
      <translation>Notiz verdoppeln</translation>
    </message>
    <message>
      <source>Duplicate {}</source>
      <translation>{} verdoppeln</translation>
    </message>
    <message>
      <source>Nothing outside feeds these nodes here: no wire came along.</source>
      <translation>Nichts von außen speist diese Knoten hier: Es kam keine Leitung mit.</translation>
    </message>
    <message>
      <source>Options taken over: {0}. Nodes changed: {1} of {2}.</source>
      <translation>Übernommene Optionen: {0}. Geänderte Knoten: {1} von {2}.</translation>
    </message>
    <message>
      <source>Paste options onto {}</source>
      <translation>Optionen auf {} übertragen</translation>
    </message>
    <message>
      <source>Paste options onto {} nodes</source>
      <translation>Optionen auf {} Knoten übertragen</translation>
    </message>
    <message>
      <source>Paste with wires</source>
      <translation>Mit Leitungen einfügen</translation>
    </message>
    <message>
      <source>Pin {}</source>
      <translation>{} anheften</translation>
    </message>
    <message>
      <source>Swap the inputs of {}</source>
      <translation>Eingänge von {} tauschen</translation>
    </message>
    <message>
      <source>Tidy up</source>
      <translation>Aufräumen</translation>
    </message>
    <message>
      <source>Tidy up downwards</source>
      <translation>Nach unten aufräumen</translation>
    </message>
    <message>
      <source>Tidy up {} nodes</source>
      <translation>{} Knoten aufräumen</translation>
    </message>
    <message>
      <source>Unpin {}</source>
      <translation>{} lösen</translation>
    </message>
  </context>
  <context>
    <name>Asking</name>
    <message>
      <source>A run could not be saved: what it learned is only in memory.</source>
      <translation>Ein Lauf konnte nicht gespeichert werden: Was er gelernt hat, ist nur im Speicher.</translation>
    </message>
    <message>
      <source>A run is under way.</source>
      <translation>Ein Lauf ist im Gange.</translation>
    </message>
    <message>
      <source>All files (*)</source>
      <translation>Alle Dateien (*)</translation>
    </message>
    <message>
      <source>Choose another folder.</source>
      <translation>Einen anderen Ordner wählen.</translation>
    </message>
    <message>
      <source>Close it there first, or save under another name.</source>
      <translation>Erst dort schließen oder unter anderem Namen speichern.</translation>
    </message>
    <message>
      <source>Copy it beside the project, or choose the data again.</source>
      <translation>Neben das Projekt kopieren oder die Daten neu wählen.</translation>
    </message>
    <message>
      <source>Export the code</source>
      <translation>Code exportieren</translation>
    </message>
    <message>
      <source>Export the drawing</source>
      <translation>Zeichnung exportieren</translation>
    </message>
    <message>
      <source>It can be stopped now; its weights so far are kept in its run folder.</source>
      <translation>Er kann jetzt angehalten werden; seine bisherigen Gewichte bleiben im Ordner des Laufs.</translation>
    </message>
    <message>
      <source>Keep training</source>
      <translation>Weiter trainieren</translation>
    </message>
    <message>
      <source>Leave</source>
      <translation>Verlassen</translation>
    </message>
    <message>
      <source>Let it go on</source>
      <translation>Weiterlaufen lassen</translation>
    </message>
    <message>
      <source>Netwright</source>
      <translation>Netwright</translation>
    </message>
    <message>
      <source>Netwright projects (*{})</source>
      <translation>Netwright-Projekte (*{})</translation>
    </message>
    <message>
      <source>On leaving it is saved in {0}.</source>
      <translation>Beim Verlassen wird er in {0} gespeichert.</translation>
    </message>
    <message>
      <source>Open projects</source>
      <translation>Projekte öffnen</translation>
    </message>
    <message>
      <source>Or it goes on by itself, and can be followed again from Runs.</source>
      <translation>Oder er läuft von allein weiter und lässt sich unter „Läufe“ wieder verfolgen.</translation>
    </message>
    <message>
      <source>PDF page (*.pdf)</source>
      <translation>PDF-Seite (*.pdf)</translation>
    </message>
    <message>
      <source>PNG picture (*.png)</source>
      <translation>PNG-Bild (*.png)</translation>
    </message>
    <message>
      <source>Python (*.py)</source>
      <translation>Python (*.py)</translation>
    </message>
    <message>
      <source>Replace it</source>
      <translation>Ersetzen</translation>
    </message>
    <message>
      <source>Replace them</source>
      <translation>Alle ersetzen</translation>
    </message>
    <message>
      <source>SVG drawing (*.svg)</source>
      <translation>SVG-Zeichnung (*.svg)</translation>
    </message>
    <message>
      <source>Save as…</source>
      <translation>Speichern unter…</translation>
    </message>
    <message>
      <source>Save elsewhere…</source>
      <translation>Woanders speichern…</translation>
    </message>
    <message>
      <source>Save the project</source>
      <translation>Projekt speichern</translation>
    </message>
    <message>
      <source>Save them before going on?</source>
      <translation>Vorher speichern?</translation>
    </message>
    <message>
      <source>Saving would replace what was written there.</source>
      <translation>Speichern würde ersetzen, was dort geschrieben wurde.</translation>
    </message>
    <message>
      <source>Stop the run</source>
      <translation>Lauf anhalten</translation>
    </message>
    <message>
      <source>The code could not be written to “{}”: {}.</source>
      <translation>Der Code ließ sich nicht nach „{}“ schreiben: {}.</translation>
    </message>
    <message>
      <source>The code is in “{}”.</source>
      <translation>Der Code steht in „{}“.</translation>
    </message>
    <message>
      <source>The drawing is in “{}”.</source>
      <translation>Die Zeichnung steht in „{}“.</translation>
    </message>
    <message>
      <source>The project uses files from beside it: {}.</source>
      <translation>Das Projekt verwendet Dateien, die neben ihm liegen: {}.</translation>
    </message>
    <message>
      <source>The project uses {0}, which stayed in {1}.</source>
      <translation>Das Projekt verwendet {0}; das blieb in {1}.</translation>
    </message>
    <message>
      <source>The project uses {}, which went along.</source>
      <translation>Das Projekt verwendet {}; das kam mit.</translation>
    </message>
    <message>
      <source>There are other files of these names in “{}”.</source>
      <translation>In „{}“ gibt es andere Dateien mit diesen Namen.</translation>
    </message>
    <message>
      <source>Use those there</source>
      <translation>Die dort verwenden</translation>
    </message>
    <message>
      <source>“{}” has unsaved changes.</source>
      <translation>„{}“ hat ungespeicherte Änderungen.</translation>
    </message>
    <message>
      <source>“{}” is open in another window.</source>
      <translation>„{}“ ist in einem anderen Fenster offen.</translation>
    </message>
    <message>
      <source>“{}” was changed by another program or window.</source>
      <translation>„{}“ wurde von einem anderen Programm oder Fenster geändert.</translation>
    </message>
  </context>
  <context>
    <name>Bars</name>
    <message>
      <source>Probability of each class</source>
      <translation>Wahrscheinlichkeit jeder Klasse</translation>
    </message>
  </context>
  <context>
    <name>BlockBox</name>
    <message>
      <source>Definition</source>
      <translation>Definition</translation>
    </message>
    <message>
      <source>Enter</source>
      <translation>Betreten</translation>
    </message>
    <message>
      <source>Give this block a definition of its own</source>
      <translation>Diesem Block eine eigene Definition geben</translation>
    </message>
    <message>
      <source>It is unique already: no other block shares its definition.</source>
      <translation>Er ist schon eigenständig: Kein anderer Block teilt seine Definition.</translation>
    </message>
    <message>
      <source>Make unique</source>
      <translation>Eigenständig machen</translation>
    </message>
    <message>
      <source>One block of it.</source>
      <translation>Davon gibt es einen Block.</translation>
    </message>
    <message>
      <source>Unpack</source>
      <translation>Auspacken</translation>
    </message>
    <message>
      <source>{} blocks share it; what changes inside changes in all.</source>
      <translation>{} Blöcke teilen ihn; was sich darin ändert, ändert sich in allen.</translation>
    </message>
  </context>
  <context>
    <name>Blocks</name>
    <message>
      <source>Fold repeats</source>
      <translation>Wiederholungen falten</translation>
    </message>
    <message>
      <source>Make block {}</source>
      <translation>Block {} bilden</translation>
    </message>
    <message>
      <source>Make {} unique</source>
      <translation>{} eigenständig machen</translation>
    </message>
    <message>
      <source>Unpack {}</source>
      <translation>{} auspacken</translation>
    </message>
  </context>
  <context>
    <name>Breadcrumb</name>
    <message>
      <source>Block {}</source>
      <translation>Block {}</translation>
    </message>
    <message>
      <source>Climb out to {}</source>
      <translation>Hinaus zu {}</translation>
    </message>
    <message>
      <source>Climb out to {} (Escape is one level)</source>
      <translation>Hinaus zu {} (Escape geht eine Ebene)</translation>
    </message>
    <message>
      <source>Turn of {}</source>
      <translation>Durchgang von {}</translation>
    </message>
    <message>
      <source>Where you are</source>
      <translation>Wo man ist</translation>
    </message>
    <message>
      <source>Which turn of {} is shown: sizes may differ</source>
      <translation>Welcher Durchgang von {} gezeigt wird: Größen können verschieden sein</translation>
    </message>
    <message>
      <source>main</source>
      <translation>main</translation>
    </message>
    <message>
      <source>the main drawing</source>
      <translation>die Hauptzeichnung</translation>
    </message>
    <message>
      <source>turn {0} of {1}</source>
      <translation>Durchgang {0} von {1}</translation>
    </message>
  </context>
  <context>
    <name>CanvasView</name>
    <message>
      <source>Drawing of the network</source>
      <translation>Zeichnung des Netzes</translation>
    </message>
  </context>
  <context>
    <name>CertificateDialog</name>
    <message>
      <source> and </source>
      <translation> und </translation>
    </message>
    <message>
      <source>Compared on</source>
      <translation>Verglichen auf</translation>
    </message>
    <message>
      <source>Copy report</source>
      <translation>Bericht kopieren</translation>
    </message>
    <message>
      <source>Exported</source>
      <translation>Exportiert</translation>
    </message>
    <message>
      <source>File</source>
      <translation>Datei</translation>
    </message>
    <message>
      <source>Input contract</source>
      <translation>Eingabevertrag</translation>
    </message>
    <message>
      <source>Input contract, also beside the file as JSON</source>
      <translation>Eingabevertrag, auch als JSON neben der Datei</translation>
    </message>
    <message>
      <source>Largest difference</source>
      <translation>Größter Unterschied</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>Notiz</translation>
    </message>
    <message>
      <source>Open folder</source>
      <translation>Ordner öffnen</translation>
    </message>
    <message>
      <source>Size</source>
      <translation>Größe</translation>
    </message>
    <message>
      <source>The file differs from the model more than allowed.</source>
      <translation>Die Datei weicht stärker vom Modell ab als erlaubt.</translation>
    </message>
    <message>
      <source>The file gives what the model gives.</source>
      <translation>Die Datei gibt, was das Modell gibt.</translation>
    </message>
    <message>
      <source>Weights</source>
      <translation>Gewichte</translation>
    </message>
    <message>
      <source>best epoch</source>
      <translation>beste Epoche</translation>
    </message>
    <message>
      <source>last epoch</source>
      <translation>letzte Epoche</translation>
    </message>
    <message>
      <source>sha256</source>
      <translation>sha256</translation>
    </message>
    <message>
      <source>untrained</source>
      <translation>untrainiert</translation>
    </message>
    <message>
      <source>{:.3g}, allowed {:.3g}</source>
      <translation>{:.3g}, erlaubt {:.3g}</translation>
    </message>
    <message>
      <source>{} samples ({}) in batches of {}, in process {}</source>
      <translation>{} Samples ({}) in Batches von {}, in Prozess {}</translation>
    </message>
  </context>
  <context>
    <name>ChangeDialog</name>
    <message>
      <source>Change</source>
      <translation>Ändern</translation>
    </message>
    <message>
      <source>Change the run</source>
      <translation>Lauf ändern</translation>
    </message>
    <message>
      <source>Epochs in all</source>
      <translation>Epochen insgesamt</translation>
    </message>
    <message>
      <source>It counts from the next step on, and is marked on the curves.</source>
      <translation>Gilt ab dem nächsten Schritt und wird in den Kurven markiert.</translation>
    </message>
    <message>
      <source>Learning rate</source>
      <translation>Lernrate</translation>
    </message>
    <message>
      <source>Limit of each gradient</source>
      <translation>Grenze jedes Gradienten</translation>
    </message>
    <message>
      <source>Limit of the gradient's norm</source>
      <translation>Grenze der Gradientennorm</translation>
    </message>
    <message>
      <source>New choice</source>
      <translation>Neue Wahl</translation>
    </message>
    <message>
      <source>New value</source>
      <translation>Neuer Wert</translation>
    </message>
    <message>
      <source>Patience in epochs</source>
      <translation>Geduld in Epochen</translation>
    </message>
    <message>
      <source>Schedule</source>
      <translation>Verlauf</translation>
    </message>
    <message>
      <source>What to change</source>
      <translation>Was geändert wird</translation>
    </message>
    <message>
      <source>to</source>
      <translation>auf</translation>
    </message>
  </context>
  <context>
    <name>ChoiceField</name>
    <message>
      <source>automatic</source>
      <translation>automatisch</translation>
    </message>
  </context>
  <context>
    <name>ClassBars</name>
    <message>
      <source>Samples of each class</source>
      <translation>Samples jeder Klasse</translation>
    </message>
    <message>
      <source>{0} more classes</source>
      <translation>{0} weitere Klassen</translation>
    </message>
  </context>
  <context>
    <name>CodePanel</name>
    <message>
      <source>Choose another place.</source>
      <translation>Einen anderen Ort wählen.</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>Kopiert</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>Kopieren</translation>
    </message>
    <message>
      <source>Copy the whole file; it runs in a bare interpreter.</source>
      <translation>Die ganze Datei kopieren; sie läuft in einem bloßen Interpreter.</translation>
    </message>
    <message>
      <source>Find in the code</source>
      <translation>Im Code suchen</translation>
    </message>
    <message>
      <source>Find in the code (Ctrl+F)</source>
      <translation>Im Code suchen (Ctrl+F)</translation>
    </message>
    <message>
      <source>Generated code</source>
      <translation>Erzeugter Code</translation>
    </message>
    <message>
      <source>Python files (*.py)</source>
      <translation>Python-Dateien (*.py)</translation>
    </message>
    <message>
      <source>Save as .py…</source>
      <translation>Als .py speichern…</translation>
    </message>
    <message>
      <source>Save the code</source>
      <translation>Code speichern</translation>
    </message>
    <message>
      <source>Save the whole file.</source>
      <translation>Die ganze Datei speichern.</translation>
    </message>
    <message>
      <source>The code of the drawing appears here, line by line, as you draw.</source>
      <translation>Hier erscheint der Code der Zeichnung, Zeile für Zeile, während man zeichnet.</translation>
    </message>
    <message>
      <source>{0} lines of Python</source>
      <translation>{0} Zeilen Python</translation>
    </message>
    <message>
      <source>“{0}” could not be written: {1}.</source>
      <translation>„{0}“ ließ sich nicht schreiben: {1}.</translation>
    </message>
  </context>
  <context>
    <name>CommandPalette</name>
    <message>
      <source>Commands</source>
      <translation>Befehle</translation>
    </message>
    <message>
      <source>Commands that fit</source>
      <translation>Passende Befehle</translation>
    </message>
    <message>
      <source>No command has these letters in this order.</source>
      <translation>Kein Befehl hat diese Buchstaben in dieser Folge.</translation>
    </message>
    <message>
      <source>Search commands</source>
      <translation>Befehle suchen</translation>
    </message>
    <message>
      <source>Type a part of a command's name</source>
      <translation>Einen Teil des Befehls eingeben</translation>
    </message>
    <message>
      <source>{}, off</source>
      <translation>{}, aus</translation>
    </message>
  </context>
  <context>
    <name>Commands</name>
    <message>
      <source>Add {}</source>
      <translation>{} hinzufügen</translation>
    </message>
    <message>
      <source>Delete frame {}</source>
      <translation>Rahmen {} löschen</translation>
    </message>
    <message>
      <source>Delete note</source>
      <translation>Notiz löschen</translation>
    </message>
    <message>
      <source>Delete wire</source>
      <translation>Leitung löschen</translation>
    </message>
    <message>
      <source>Delete wires</source>
      <translation>Leitungen löschen</translation>
    </message>
    <message>
      <source>Delete {}</source>
      <translation>{} löschen</translation>
    </message>
    <message>
      <source>Delete {} nodes</source>
      <translation>{} Knoten löschen</translation>
    </message>
    <message>
      <source>Delete {} things</source>
      <translation>{} Dinge löschen</translation>
    </message>
    <message>
      <source>Duplicate</source>
      <translation>Verdoppeln</translation>
    </message>
    <message>
      <source>Move dot</source>
      <translation>Punkt verschieben</translation>
    </message>
    <message>
      <source>Move frame {}</source>
      <translation>Rahmen {} verschieben</translation>
    </message>
    <message>
      <source>Move node</source>
      <translation>Knoten verschieben</translation>
    </message>
    <message>
      <source>Move note</source>
      <translation>Notiz verschieben</translation>
    </message>
    <message>
      <source>Move {} dots</source>
      <translation>{} Punkte verschieben</translation>
    </message>
    <message>
      <source>Move {} nodes</source>
      <translation>{} Knoten verschieben</translation>
    </message>
    <message>
      <source>Move {} things</source>
      <translation>{} Dinge verschieben</translation>
    </message>
    <message>
      <source>Paste</source>
      <translation>Einfügen</translation>
    </message>
    <message>
      <source>Resize frame {}</source>
      <translation>Größe von Rahmen {} ändern</translation>
    </message>
    <message>
      <source>Resize note</source>
      <translation>Größe der Notiz ändern</translation>
    </message>
    <message>
      <source>Take off dot</source>
      <translation>Punkt entfernen</translation>
    </message>
    <message>
      <source>Take off {} dots</source>
      <translation>{} Punkte entfernen</translation>
    </message>
    <message>
      <source>This project has other blocks of the same name, so these came in under new names: {}.</source>
      <translation>Dieses Projekt hat andere Blöcke gleichen Namens; diese kamen daher unter neuen Namen herein: {}.</translation>
    </message>
    <message>
      <source>“{0}” as “{1}”</source>
      <translation>„{0}“ als „{1}“</translation>
    </message>
  </context>
  <context>
    <name>Comparison</name>
    <message>
      <source>Page back</source>
      <translation>Seite zurück</translation>
    </message>
    <message>
      <source>Page on</source>
      <translation>Seite vor</translation>
    </message>
    <message>
      <source>Predictions beside the truth</source>
      <translation>Vorhersagen neben der Wahrheit</translation>
    </message>
    <message>
      <source>Show the surest mistakes first</source>
      <translation>Die sichersten Fehler zuerst zeigen</translation>
    </message>
    <message>
      <source>Training samples · {0}</source>
      <translation>Trainings-Samples · {0}</translation>
    </message>
    <message>
      <source>Truth → prediction</source>
      <translation>Wahrheit → Vorhersage</translation>
    </message>
    <message>
      <source>Validation samples · {0}</source>
      <translation>Validierungs-Samples · {0}</translation>
    </message>
    <message>
      <source>Worst ones first</source>
      <translation>Schlechteste zuerst</translation>
    </message>
    <message>
      <source>Wrong ones first</source>
      <translation>Falsche zuerst</translation>
    </message>
    <message>
      <source>untrained weights</source>
      <translation>untrainierte Gewichte</translation>
    </message>
    <message>
      <source>{0} right · {1} of {2} wrong</source>
      <translation>{0} richtig · {1} von {2} falsch</translation>
    </message>
    <message>
      <source>{0} samples</source>
      <translation>{0} Samples</translation>
    </message>
  </context>
  <context>
    <name>Costs</name>
    <message>
      <source>FLOPs</source>
      <translation>FLOPs</translation>
    </message>
    <message>
      <source>Input</source>
      <translation>Eingang</translation>
    </message>
    <message>
      <source>Output</source>
      <translation>Ausgang</translation>
    </message>
    <message>
      <source>Parameters</source>
      <translation>Parameter</translation>
    </message>
    <message>
      <source>{0} floating-point operations: 2 × multiply-adds, forward, one sample</source>
      <translation>{0} Gleitkommaoperationen: 2 × Multiply-Adds, vorwärts, ein Sample</translation>
    </message>
    <message>
      <source>{0} learnable numbers</source>
      <translation>{0} lernbare Zahlen</translation>
    </message>
    <message>
      <source>{0} of all FLOPs</source>
      <translation>{0} aller FLOPs</translation>
    </message>
    <message>
      <source>{0} of all parameters</source>
      <translation>{0} aller Parameter</translation>
    </message>
    <message>
      <source>{0} out for each sample</source>
      <translation>{0} heraus je Sample</translation>
    </message>
  </context>
  <context>
    <name>CrashGuard</name>
    <message>
      <source>Copy details</source>
      <translation>Einzelheiten kopieren</translation>
    </message>
    <message>
      <source>Netwright made a mistake</source>
      <translation>Netwright hat einen Fehler gemacht</translation>
    </message>
    <message>
      <source>Something went wrong inside Netwright. Your project was autosaved.</source>
      <translation>In Netwright ist etwas schiefgegangen. Das Projekt wurde automatisch gesichert.</translation>
    </message>
    <message>
      <source>{}

The log file has the details: {}</source>
      <translation>{}

Die Protokolldatei enthält die Einzelheiten: {}</translation>
    </message>
  </context>
  <context>
    <name>CurvePlot</name>
    <message>
      <source>Arrow keys read along the curves, + and - zoom, Home shows all of it.</source>
      <translation>Pfeiltasten lesen entlang der Kurven, + und - zoomen, Pos1 zeigt alles.</translation>
    </message>
    <message>
      <source>epoch {0}</source>
      <translation>Epoche {0}</translation>
    </message>
    <message>
      <source>log</source>
      <translation>log</translation>
    </message>
    <message>
      <source>step {0}</source>
      <translation>Schritt {0}</translation>
    </message>
  </context>
  <context>
    <name>CurveWriting</name>
    <message>
      <source>The curves are being written to {0}; closing the window gives that up.</source>
      <translation>Die Kurven werden nach {0} geschrieben; wird das Fenster geschlossen, entfällt das.</translation>
    </message>
    <message>
      <source>The curves are in {0}.</source>
      <translation>Die Kurven liegen in {0}.</translation>
    </message>
  </context>
  <context>
    <name>DataPanel</name>
    <message>
      <source>All right</source>
      <translation>Alle richtig</translation>
    </message>
    <message>
      <source>Change how {0} is scaled</source>
      <translation>Skalierung von {0} ändern</translation>
    </message>
    <message>
      <source>Change the split</source>
      <translation>Aufteilung ändern</translation>
    </message>
    <message>
      <source>Choose data: {0}</source>
      <translation>Daten wählen: {0}</translation>
    </message>
    <message>
      <source>Choose data…</source>
      <translation>Daten wählen…</translation>
    </message>
    <message>
      <source>FIELDS</source>
      <translation>FELDER</translation>
    </message>
    <message>
      <source>Learn from other data</source>
      <translation>Von anderen Daten lernen</translation>
    </message>
    <message>
      <source>Read it anew</source>
      <translation>Neu einlesen</translation>
    </message>
    <message>
      <source>Reading the samples …</source>
      <translation>Samples werden gelesen …</translation>
    </message>
    <message>
      <source>Reading {0} …</source>
      <translation>{0} wird gelesen …</translation>
    </message>
    <message>
      <source>SAMPLES</source>
      <translation>BEISPIELE</translation>
    </message>
    <message>
      <source>SAMPLES OF EACH CLASS</source>
      <translation>BEISPIELE JEDER KLASSE</translation>
    </message>
    <message>
      <source>SPLIT</source>
      <translation>AUFTEILUNG</translation>
    </message>
    <message>
      <source>The data is not what it was when this project was made: ranges, classes and counts may be out of date.</source>
      <translation>Die Daten sind nicht mehr die, mit denen dieses Projekt entstand: Bereiche, Klassen und Anzahlen können veraltet sein.</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>Erneut versuchen</translation>
    </message>
    <message>
      <source>and {0} more</source>
      <translation>und {0} weitere</translation>
    </message>
    <message>
      <source>{0} samples · {1} fields</source>
      <translation>{0} Samples · {1} Felder</translation>
    </message>
  </context>
  <context>
    <name>DefinitionName</name>
    <message>
      <source>Name of the definition</source>
      <translation>Name der Definition</translation>
    </message>
    <message>
      <source>Rename block {} to {}</source>
      <translation>Block {} in {} umbenennen</translation>
    </message>
    <message>
      <source>The class in the code; letters, digits and _.</source>
      <translation>Die Klasse im Code; Buchstaben, Ziffern und _.</translation>
    </message>
    <message>
      <source>There is a block “{}” already.</source>
      <translation>Es gibt schon einen Block „{}“.</translation>
    </message>
    <message>
      <source>Use another name.</source>
      <translation>Einen anderen Namen verwenden.</translation>
    </message>
  </context>
  <context>
    <name>DefinitionPage</name>
    <message>
      <source>Add a param</source>
      <translation>Option hinzufügen</translation>
    </message>
    <message>
      <source>Block</source>
      <translation>Block</translation>
    </message>
    <message>
      <source>Change default of {}</source>
      <translation>Vorgabe von {} ändern</translation>
    </message>
    <message>
      <source>Each instance chooses their values. Write =name in a field inside.</source>
      <translation>Jede Instanz wählt ihre Werte. Innen =name in ein Feld schreiben.</translation>
    </message>
    <message>
      <source>Move param {} up</source>
      <translation>Option {} nach oben verschieben</translation>
    </message>
    <message>
      <source>None yet. Place an Input and an Output.</source>
      <translation>Noch keine. Einen Input und einen Output setzen.</translation>
    </message>
    <message>
      <source>One block of it.</source>
      <translation>Davon gibt es einen Block.</translation>
    </message>
    <message>
      <source>Params</source>
      <translation>Optionen</translation>
    </message>
    <message>
      <source>Ports</source>
      <translation>Anschlüsse</translation>
    </message>
    <message>
      <source>Remove param {}</source>
      <translation>Option {} entfernen</translation>
    </message>
    <message>
      <source>Rename param {} to {}</source>
      <translation>Option {} in {} umbenennen</translation>
    </message>
    <message>
      <source>in</source>
      <translation>ein</translation>
    </message>
    <message>
      <source>out</source>
      <translation>aus</translation>
    </message>
    <message>
      <source>{} blocks share it; what changes here changes in all.</source>
      <translation>{} Blöcke teilen ihn; was sich hier ändert, ändert sich in allen.</translation>
    </message>
  </context>
  <context>
    <name>DeviceChooser</name>
    <message>
      <source>Automatic</source>
      <translation>Automatisch</translation>
    </message>
    <message>
      <source>CPU · 1 thread</source>
      <translation>CPU · 1 Thread</translation>
    </message>
    <message>
      <source>CPU · {} threads</source>
      <translation>CPU · {} Threads</translation>
    </message>
    <message>
      <source>Choose the device</source>
      <translation>Gerät wählen</translation>
    </message>
    <message>
      <source>Device</source>
      <translation>Gerät</translation>
    </message>
    <message>
      <source>The device that trains the model</source>
      <translation>Das Gerät, das das Modell trainiert</translation>
    </message>
  </context>
  <context>
    <name>Dialogs</name>
    <message>
      <source>It would be {}.</source>
      <translation>Es wäre {}.</translation>
    </message>
    <message>
      <source>Nothing has gone wrong yet: there is no log file.</source>
      <translation>Bisher ging nichts schief: Es gibt keine Protokolldatei.</translation>
    </message>
    <message>
      <source>The log file is {}.</source>
      <translation>Die Protokolldatei ist {}.</translation>
    </message>
  </context>
  <context>
    <name>Docks</name>
    <message>
      <source>Panels</source>
      <translation>Bereiche</translation>
    </message>
  </context>
  <context>
    <name>DrawingPad</name>
    <message>
      <source>Draw here</source>
      <translation>Hier zeichnen</translation>
    </message>
    <message>
      <source>Draw with the mouse. Backspace takes the last stroke back.</source>
      <translation>Mit der Maus zeichnen. Backspace nimmt den letzten Strich zurück.</translation>
    </message>
    <message>
      <source>Drawing pad</source>
      <translation>Zeichenfeld</translation>
    </message>
  </context>
  <context>
    <name>DrawnInput</name>
    <message>
      <source>Clear the pad (Delete)</source>
      <translation>Zeichenfeld leeren (Delete)</translation>
    </message>
    <message>
      <source>Take the last stroke back (Backspace)</source>
      <translation>Letzten Strich zurücknehmen (Backspace)</translation>
    </message>
    <message>
      <source>What the network sees</source>
      <translation>Was das Netz sieht</translation>
    </message>
    <message>
      <source>What the network sees: your drawing, scaled and centred</source>
      <translation>Was das Netz sieht: die Zeichnung, skaliert und zentriert</translation>
    </message>
    <message>
      <source>seen</source>
      <translation>gesehen</translation>
    </message>
  </context>
  <context>
    <name>Drops</name>
    <message>
      <source>A project has one set of data. That is “{}” now, without {}.</source>
      <translation>Ein Projekt hat eine Datenquelle. Das ist jetzt „{}“, ohne {}.</translation>
    </message>
    <message>
      <source>Beside a project nothing else is taken: {}.</source>
      <translation>Neben einem Projekt wird nichts anderes angenommen: {}.</translation>
    </message>
    <message>
      <source>Choose data: {}</source>
      <translation>Daten wählen: {}</translation>
    </message>
    <message>
      <source>Drop another one alone to take it instead.</source>
      <translation>Eine andere Datei allein ablegen, um stattdessen diese zu nehmen.</translation>
    </message>
    <message>
      <source>Drop that alone, onto the window of its project.</source>
      <translation>Das allein auf dem Fenster seines Projekts ablegen.</translation>
    </message>
    <message>
      <source>Reading {} …</source>
      <translation>{} wird gelesen …</translation>
    </message>
    <message>
      <source>The data is changed. Samples: {}. Fields: {}.</source>
      <translation>Die Daten sind geändert. Samples: {}. Felder: {}.</translation>
    </message>
    <message>
      <source>{0} files were not taken: {1}.</source>
      <translation>{0} Dateien wurden nicht angenommen: {1}.</translation>
    </message>
  </context>
  <context>
    <name>DuplicateDialog</name>
    <message>
      <source>Duplicate the run with a change</source>
      <translation>Lauf mit einer Änderung verdoppeln</translation>
    </message>
    <message>
      <source>Everything else is as the run had it. It waits where another run is under way.</source>
      <translation>Alles andere ist wie im Lauf. Er wartet, solange ein anderer Lauf unterwegs ist.</translation>
    </message>
    <message>
      <source>Learning rate</source>
      <translation>Lernrate</translation>
    </message>
    <message>
      <source>Optimizer</source>
      <translation>Optimierer</translation>
    </message>
    <message>
      <source>Schedule</source>
      <translation>Verlauf</translation>
    </message>
    <message>
      <source>That is what the run has.</source>
      <translation>Das hat der Lauf schon.</translation>
    </message>
    <message>
      <source>Train</source>
      <translation>Trainieren</translation>
    </message>
    <message>
      <source>no</source>
      <translation>nein</translation>
    </message>
    <message>
      <source>off</source>
      <translation>aus</translation>
    </message>
    <message>
      <source>yes</source>
      <translation>ja</translation>
    </message>
  </context>
  <context>
    <name>Elsewhere</name>
    <message>
      <source>Give it up</source>
      <translation>Aufgeben</translation>
    </message>
    <message>
      <source>Save elsewhere…</source>
      <translation>Woanders speichern…</translation>
    </message>
    <message>
      <source>Save the run elsewhere</source>
      <translation>Den Lauf woanders speichern</translation>
    </message>
    <message>
      <source>Show it</source>
      <translation>Zeigen</translation>
    </message>
    <message>
      <source>The run is saved in {0}.</source>
      <translation>Der Lauf ist in {0} gespeichert.</translation>
    </message>
    <message>
      <source>The run “{0}” could not be saved in {1}.</source>
      <translation>Der Lauf „{0}“ konnte nicht in {1} gespeichert werden.</translation>
    </message>
    <message>
      <source>What it learned is still in memory.</source>
      <translation>Was er gelernt hat, ist noch im Speicher.</translation>
    </message>
  </context>
  <context>
    <name>EmptyHint</name>
    <message>
      <source>Drag a layer here, or open a template.</source>
      <translation>Eine Schicht hierher ziehen oder eine Vorlage öffnen.</translation>
    </message>
    <message>
      <source>Drag a layer here, press {} to search, or open a template.</source>
      <translation>Eine Schicht hierher ziehen, {} zum Suchen drücken oder eine Vorlage öffnen.</translation>
    </message>
    <message>
      <source>Nothing drawn yet</source>
      <translation>Noch nichts gezeichnet</translation>
    </message>
    <message>
      <source>Wires go from a port at the right of one card to one at the left of another.</source>
      <translation>Leitungen gehen von einem Anschluss rechts an einer Karte zu einem links an einer anderen.</translation>
    </message>
  </context>
  <context>
    <name>EmptyPage</name>
    <message>
      <source>Begin with a sample set, or bring your own data. A file or folder can also be dropped here.</source>
      <translation>Mit einem Beispieldatensatz beginnen oder eigene Daten mitbringen. Eine Datei oder ein Ordner kann auch hier abgelegt werden.</translation>
    </message>
    <message>
      <source>What should the network learn from?</source>
      <translation>Wovon soll das Netz lernen?</translation>
    </message>
  </context>
  <context>
    <name>Exhibits</name>
    <message>
      <source>Off by {0}</source>
      <translation>Um {0} daneben</translation>
    </message>
    <message>
      <source>Off by {0} on average</source>
      <translation>Im Mittel um {0} daneben</translation>
    </message>
    <message>
      <source>Truth {0}, prediction {1}</source>
      <translation>Wahrheit {0}, Vorhersage {1}</translation>
    </message>
    <message>
      <source>Truth {0}, prediction {1}, {2} sure</source>
      <translation>Wahrheit {0}, Vorhersage {1}, {2} sicher</translation>
    </message>
    <message>
      <source>{0} (sample {1})</source>
      <translation>{0} (Sample {1})</translation>
    </message>
    <message>
      <source>{0} right</source>
      <translation>{0} richtig</translation>
    </message>
  </context>
  <context>
    <name>ExportDialog</name>
    <message>
      <source>All files (*)</source>
      <translation>Alle Dateien (*)</translation>
    </message>
    <message>
      <source>Best epoch</source>
      <translation>Beste Epoche</translation>
    </message>
    <message>
      <source>Browse…</source>
      <translation>Durchsuchen…</translation>
    </message>
    <message>
      <source>Export</source>
      <translation>Exportieren</translation>
    </message>
    <message>
      <source>Export TorchScript</source>
      <translation>TorchScript exportieren</translation>
    </message>
    <message>
      <source>File</source>
      <translation>Datei</translation>
    </message>
    <message>
      <source>File to write</source>
      <translation>Zu schreibende Datei</translation>
    </message>
    <message>
      <source>Last epoch</source>
      <translation>Letzte Epoche</translation>
    </message>
    <message>
      <source>Name the file to write first.</source>
      <translation>Erst die zu schreibende Datei nennen.</translation>
    </message>
    <message>
      <source>Run</source>
      <translation>Lauf</translation>
    </message>
    <message>
      <source>The model is written as one file, loaded back in another process and compared with the model here. The input contract is written beside it.</source>
      <translation>Das Modell wird als eine Datei geschrieben, in einem anderen Prozess wieder geladen und mit dem Modell hier verglichen. Der Eingabevertrag steht daneben.</translation>
    </message>
    <message>
      <source>The weights of the epoch with the best validation result</source>
      <translation>Die Gewichte der Epoche mit dem besten Validierungsergebnis</translation>
    </message>
    <message>
      <source>The weights that the run ended with</source>
      <translation>Die Gewichte am Ende des Laufs</translation>
    </message>
    <message>
      <source>TorchScript (*.pt)</source>
      <translation>TorchScript (*.pt)</translation>
    </message>
    <message>
      <source>Untrained weights</source>
      <translation>Untrainierte Gewichte</translation>
    </message>
    <message>
      <source>Weights</source>
      <translation>Gewichte</translation>
    </message>
  </context>
  <context>
    <name>Exporting</name>
    <message>
      <source>Export all the same</source>
      <translation>Trotzdem exportieren</translation>
    </message>
    <message>
      <source>Export untrained weights?</source>
      <translation>Untrainierte Gewichte exportieren?</translation>
    </message>
    <message>
      <source>Exporting to “{}”; it is loaded back and compared.</source>
      <translation>Export nach „{}“; die Datei wird wieder geladen und verglichen.</translation>
    </message>
    <message>
      <source>This model was not trained: it would answer at random.</source>
      <translation>Dieses Modell wurde nicht trainiert: Es würde zufällig antworten.</translation>
    </message>
  </context>
  <context>
    <name>FieldCard</name>
    <message>
      <source>0 … 1</source>
      <translation>0 … 1</translation>
    </message>
    <message>
      <source>As it is</source>
      <translation>Wie es ist</translation>
    </message>
    <message>
      <source>How values are scaled before the model sees them</source>
      <translation>Wie Werte skaliert werden, bevor das Modell sie sieht</translation>
    </message>
    <message>
      <source>How {0} is scaled</source>
      <translation>Wie {0} skaliert wird</translation>
    </message>
    <message>
      <source>Mean 0, spread 1</source>
      <translation>Mittel 0, Streuung 1</translation>
    </message>
    <message>
      <source>Scaled by mean and spread of the training samples</source>
      <translation>Skaliert mit Mittel und Streuung der Trainingsbeispiele</translation>
    </message>
    <message>
      <source>Scaled by the lowest and highest value</source>
      <translation>Skaliert mit dem niedrigsten und höchsten Wert</translation>
    </message>
    <message>
      <source>Type of one sample, as the model sees it</source>
      <translation>Typ eines Samples, wie das Modell es sieht</translation>
    </message>
    <message>
      <source>Values go into the model unchanged</source>
      <translation>Werte gehen unverändert in das Modell</translation>
    </message>
  </context>
  <context>
    <name>FieldList</name>
    <message>
      <source>mean {0}</source>
      <translation>Mittel {0}</translation>
    </message>
    <message>
      <source>spread {0}</source>
      <translation>Streuung {0}</translation>
    </message>
    <message>
      <source>{0} classes: {1}</source>
      <translation>{0} Klassen: {1}</translation>
    </message>
  </context>
  <context>
    <name>Files</name>
    <message>
      <source>Another Netwright restored these changes.</source>
      <translation>Ein anderes Netwright hat diese Änderungen wiederhergestellt.</translation>
    </message>
    <message>
      <source>Change it in one of the two; saving asks where the other one saved.</source>
      <translation>In einem der beiden ändern; beim Speichern wird gefragt, wo das andere gespeichert hat.</translation>
    </message>
    <message>
      <source>Changes can't be kept safe for a crash at the moment: {}.</source>
      <translation>Änderungen können gerade nicht gegen einen Absturz gesichert werden: {}.</translation>
    </message>
    <message>
      <source>Discard</source>
      <translation>Verwerfen</translation>
    </message>
    <message>
      <source>Its file was changed since; what is restored will be a copy without a file.</source>
      <translation>Die Datei wurde seither geändert; was wiederhergestellt wird, ist eine Kopie ohne Datei.</translation>
    </message>
    <message>
      <source>Keep mine</source>
      <translation>Meine behalten</translation>
    </message>
    <message>
      <source>Later</source>
      <translation>Später</translation>
    </message>
    <message>
      <source>Look whether something is missing.</source>
      <translation>Nachsehen, ob etwas fehlt.</translation>
    </message>
    <message>
      <source>Make room, or save the project often.</source>
      <translation>Platz schaffen oder das Projekt oft speichern.</translation>
    </message>
    <message>
      <source>Netwright ended unexpectedly. Unsaved changes to “{}”: {}, since {}.</source>
      <translation>Netwright wurde unerwartet beendet. Ungespeicherte Änderungen an „{}“: {}, seit {}.</translation>
    </message>
    <message>
      <source>Reload</source>
      <translation>Neu laden</translation>
    </message>
    <message>
      <source>Reload it to see what is on disk.</source>
      <translation>Neu laden, um zu sehen, was auf der Platte ist.</translation>
    </message>
    <message>
      <source>Reload it to see what is on disk; unsaved changes here would be lost.</source>
      <translation>Neu laden, um zu sehen, was auf der Platte ist; ungespeicherte Änderungen hier gingen verloren.</translation>
    </message>
    <message>
      <source>Restore</source>
      <translation>Wiederherstellen</translation>
    </message>
    <message>
      <source>Restore as a copy</source>
      <translation>Als Kopie wiederherstellen</translation>
    </message>
    <message>
      <source>The project is still open here; save it to keep it.</source>
      <translation>Das Projekt ist hier noch offen; speichern, um es zu behalten.</translation>
    </message>
    <message>
      <source>They were kept, and so was what can be undone.</source>
      <translation>Sie wurden bewahrt, auch das, was rückgängig gemacht werden kann.</translation>
    </message>
    <message>
      <source>Untitled</source>
      <translation>Ohne Titel</translation>
    </message>
    <message>
      <source>edited</source>
      <translation>geändert</translation>
    </message>
    <message>
      <source>not saved yet</source>
      <translation>noch nicht gespeichert</translation>
    </message>
    <message>
      <source>saved</source>
      <translation>gespeichert</translation>
    </message>
    <message>
      <source>{} The {} changes before it were restored.</source>
      <translation>{} Die {} Änderungen davor wurden wiederhergestellt.</translation>
    </message>
    <message>
      <source>“{}” is open in another Netwright too.</source>
      <translation>„{}“ ist auch in einem anderen Netwright offen.</translation>
    </message>
    <message>
      <source>“{}” was changed by another program.</source>
      <translation>„{}“ wurde von einem anderen Programm geändert.</translation>
    </message>
    <message>
      <source>“{}” was moved or deleted by another program.</source>
      <translation>„{}“ wurde von einem anderen Programm verschoben oder gelöscht.</translation>
    </message>
  </context>
  <context>
    <name>FindBar</name>
    <message>
      <source> in {}</source>
      <translation> in {}</translation>
    </message>
    <message>
      <source>Close (Escape)</source>
      <translation>Schließen (Escape)</translation>
    </message>
    <message>
      <source>Find a node</source>
      <translation>Knoten suchen</translation>
    </message>
    <message>
      <source>Find in the code</source>
      <translation>Im Code suchen</translation>
    </message>
    <message>
      <source>Frame</source>
      <translation>Rahmen</translation>
    </message>
    <message>
      <source>Name, kind, shape or problem: conv, 64, 16x8, error</source>
      <translation>Name, Art, Form oder Problem: conv, 64, 16x8, error</translation>
    </message>
    <message>
      <source>Next (Enter)</source>
      <translation>Nächster (Enter)</translation>
    </message>
    <message>
      <source>Nodes found</source>
      <translation>Gefundene Knoten</translation>
    </message>
    <message>
      <source>Not there</source>
      <translation>Nicht da</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>Notiz</translation>
    </message>
    <message>
      <source>Previous (Shift+Enter)</source>
      <translation>Voriger (Shift+Enter)</translation>
    </message>
    <message>
      <source>nothing found</source>
      <translation>nichts gefunden</translation>
    </message>
    <message>
      <source>{0} of {1}</source>
      <translation>{0} von {1}</translation>
    </message>
    <message>
      <source>{0} places</source>
      <translation>{0} Stellen</translation>
    </message>
  </context>
  <context>
    <name>Fold</name>
    <message>
      <source>Fold</source>
      <translation>Einklappen</translation>
    </message>
    <message>
      <source>Unfold</source>
      <translation>Ausklappen</translation>
    </message>
  </context>
  <context>
    <name>Gallery</name>
    <message>
      <source>Predictions beside the truth</source>
      <translation>Vorhersagen neben der Wahrheit</translation>
    </message>
    <message>
      <source>There is no such sample.</source>
      <translation>So ein Sample gibt es nicht.</translation>
    </message>
    <message>
      <source>Truth → prediction</source>
      <translation>Wahrheit → Vorhersage</translation>
    </message>
  </context>
  <context>
    <name>GuideDialog</name>
    <message>
      <source>Netwright guide</source>
      <translation>Netwright-Anleitung</translation>
    </message>
  </context>
  <context>
    <name>Header</name>
    <message>
      <source>Documentation</source>
      <translation>Dokumentation</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>Open the documentation: {0}</source>
      <translation>Dokumentation öffnen: {0}</translation>
    </message>
    <message>
      <source>The name in the code; letters, digits and _.</source>
      <translation>Der Name im Code; Buchstaben, Ziffern und _.</translation>
    </message>
  </context>
  <context>
    <name>HistoryPanel</name>
    <message>
      <source>Click a change to go back or forward to it.</source>
      <translation>Eine Änderung anklicken, um zu ihr zurück- oder vorzugehen.</translation>
    </message>
    <message>
      <source>Done again up to: {}</source>
      <translation>Wiederholt bis: {}</translation>
    </message>
    <message>
      <source>History of changes</source>
      <translation>Verlauf der Änderungen</translation>
    </message>
    <message>
      <source>Undone back to: {}</source>
      <translation>Zurückgenommen bis: {}</translation>
    </message>
  </context>
  <context>
    <name>HistoryRows</name>
    <message>
      <source>As it was opened</source>
      <translation>Wie geöffnet</translation>
    </message>
    <message>
      <source>{}, as in the file</source>
      <translation>{}, wie in der Datei</translation>
    </message>
    <message>
      <source>{}, how things stand now</source>
      <translation>{}, jetziger Stand</translation>
    </message>
    <message>
      <source>{}, how things stand now, as in the file</source>
      <translation>{}, jetziger Stand, wie in der Datei</translation>
    </message>
    <message>
      <source>{}, undone</source>
      <translation>{}, zurückgenommen</translation>
    </message>
  </context>
  <context>
    <name>InitBox</name>
    <message>
      <source>Bias begins</source>
      <translation>Anfangswerte des Bias</translation>
    </message>
    <message>
      <source>Weights begin</source>
      <translation>Anfangswerte der Gewichte</translation>
    </message>
  </context>
  <context>
    <name>Joining</name>
    <message>
      <source>Connect {} nodes to {}</source>
      <translation>{} Knoten mit {} verbinden</translation>
    </message>
    <message>
      <source>Connect {} to {}</source>
      <translation>{} mit {} verbinden</translation>
    </message>
    <message>
      <source>Detach {}</source>
      <translation>{} abtrennen</translation>
    </message>
    <message>
      <source>Detach {} nodes</source>
      <translation>{} Knoten abtrennen</translation>
    </message>
  </context>
  <context>
    <name>KeyField</name>
    <message>
      <source>None</source>
      <translation>Keine</translation>
    </message>
    <message>
      <source>Press the keys</source>
      <translation>Tasten drücken</translation>
    </message>
  </context>
  <context>
    <name>KindTree</name>
    <message>
      <source>Add to the canvas</source>
      <translation>Zur Zeichenfläche hinzufügen</translation>
    </message>
    <message>
      <source>Click to fold.</source>
      <translation>Klicken, um einzuklappen.</translation>
    </message>
    <message>
      <source>Click to show them.</source>
      <translation>Klicken, um sie zu zeigen.</translation>
    </message>
    <message>
      <source>Less</source>
      <translation>Weniger</translation>
    </message>
    <message>
      <source>Open the documentation</source>
      <translation>Dokumentation öffnen</translation>
    </message>
    <message>
      <source>Remove from my blocks</source>
      <translation>Aus eigenen Blöcken entfernen</translation>
    </message>
    <message>
      <source>Save to my blocks</source>
      <translation>Unter eigene Blöcke speichern</translation>
    </message>
    <message>
      <source>Update this project from it</source>
      <translation>Dieses Projekt danach aktualisieren</translation>
    </message>
    <message>
      <source>{0} more</source>
      <translation>{0} weitere</translation>
    </message>
  </context>
  <context>
    <name>LayerTable</name>
    <message>
      <source>2 × multiply-adds of the forward pass of one sample</source>
      <translation>2 × Multiply-Adds des Vorwärtsdurchgangs eines Samples</translation>
    </message>
    <message>
      <source>Bytes of its outputs for one sample</source>
      <translation>Bytes seiner Ausgänge für ein Sample</translation>
    </message>
    <message>
      <source>FLOPs</source>
      <translation>FLOPs</translation>
    </message>
    <message>
      <source>Kind</source>
      <translation>Art</translation>
    </message>
    <message>
      <source>Memory</source>
      <translation>Speicher</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>Output</source>
      <translation>Ausgang</translation>
    </message>
    <message>
      <source>Parameters</source>
      <translation>Parameter</translation>
    </message>
    <message>
      <source>Share</source>
      <translation>Anteil</translation>
    </message>
    <message>
      <source>Share of all parameters</source>
      <translation>Anteil an allen Parametern</translation>
    </message>
  </context>
  <context>
    <name>LeftoversDialog</name>
    <message>
      <source>Discard</source>
      <translation>Verwerfen</translation>
    </message>
    <message>
      <source>Discard what is ticked?</source>
      <translation>Angekreuztes verwerfen?</translation>
    </message>
    <message>
      <source>Discard…</source>
      <translation>Verwerfen…</translation>
    </message>
    <message>
      <source>It is offered again at the next start.</source>
      <translation>Beim nächsten Start wird es wieder angeboten.</translation>
    </message>
    <message>
      <source>Later</source>
      <translation>Später</translation>
    </message>
    <message>
      <source>Netwright</source>
      <translation>Netwright</translation>
    </message>
    <message>
      <source>Netwright ended unexpectedly. These were not saved:</source>
      <translation>Netwright wurde unerwartet beendet. Nicht gespeichert waren:</translation>
    </message>
    <message>
      <source>Restore</source>
      <translation>Wiederherstellen</translation>
    </message>
    <message>
      <source>These changes can't be restored then.</source>
      <translation>Diese Änderungen lassen sich dann nicht wiederherstellen.</translation>
    </message>
    <message>
      <source>Unsaved changes</source>
      <translation>Ungespeicherte Änderungen</translation>
    </message>
    <message>
      <source>{0}: changes not saved: {1}, since {2}</source>
      <translation>{0}: ungespeicherte Änderungen: {1}, seit {2}</translation>
    </message>
    <message>
      <source>{0}: changes not saved: {1}, since {2}; a copy, as its file was changed meanwhile</source>
      <translation>{0}: ungespeicherte Änderungen: {1}, seit {2}; eine Kopie, da die Datei inzwischen geändert wurde</translation>
    </message>
  </context>
  <context>
    <name>Library</name>
    <message>
      <source>Add block {}</source>
      <translation>Block {} hinzufügen</translation>
    </message>
    <message>
      <source>Add {}</source>
      <translation>{} hinzufügen</translation>
    </message>
    <message>
      <source>That block is no longer among your blocks.</source>
      <translation>Dieser Block ist nicht mehr unter eigenen Blöcken.</translation>
    </message>
    <message>
      <source>Update {} from my blocks</source>
      <translation>{} aus eigenen Blöcken aktualisieren</translation>
    </message>
  </context>
  <context>
    <name>Matrix</name>
    <message>
      <source>Prediction →</source>
      <translation>Vorhersage →</translation>
    </message>
    <message>
      <source>Which class is taken for which</source>
      <translation>Welche Klasse für welche gehalten wird</translation>
    </message>
    <message>
      <source>{0} found: {1} of {2}, {3}</source>
      <translation>{0} gefunden: {1} von {2}, {3}</translation>
    </message>
    <message>
      <source>{0} taken for {1}: {2} of {3}, {4}</source>
      <translation>{0} für {1} gehalten: {2} von {3}, {4}</translation>
    </message>
    <message>
      <source>{0}: {1} {2} times, {3}</source>
      <translation>{0}: {1} {2}-mal, {3}</translation>
    </message>
    <message>
      <source>← Truth</source>
      <translation>← Wahrheit</translation>
    </message>
    <message>
      <source>← Truth · prediction ↓</source>
      <translation>← Wahrheit · Vorhersage ↓</translation>
    </message>
  </context>
  <context>
    <name>MetricChoice</name>
    <message>
      <source>Auto · {0}</source>
      <translation>Auto · {0}</translation>
    </message>
    <message>
      <source>Automatic</source>
      <translation>Automatisch</translation>
    </message>
    <message>
      <source>Measure {0}</source>
      <translation>{0} messen</translation>
    </message>
    <message>
      <source>Metrics</source>
      <translation>Metriken</translation>
    </message>
    <message>
      <source>What is usual for the losses drawn</source>
      <translation>Was für die gezeichneten Verluste üblich ist</translation>
    </message>
    <message>
      <source>Wire a loss that metrics are known for.</source>
      <translation>Einen Verlust verbinden, für den Metriken bekannt sind.</translation>
    </message>
    <message>
      <source>none fits the losses</source>
      <translation>keine passt zu den Verlusten</translation>
    </message>
    <message>
      <source>what is usual</source>
      <translation>was üblich ist</translation>
    </message>
  </context>
  <context>
    <name>Minimap</name>
    <message>
      <source>Minimap</source>
      <translation>Übersichtskarte</translation>
    </message>
    <message>
      <source>The whole drawing. Click or drag to look elsewhere.</source>
      <translation>Die ganze Zeichnung. Klicken oder ziehen, um anderswohin zu sehen.</translation>
    </message>
  </context>
  <context>
    <name>ModuleBox</name>
    <message>
      <source>It is being looked at.</source>
      <translation>Wird gerade geprüft.</translation>
    </message>
    <message>
      <source>Not trusted yet, so it does not run.</source>
      <translation>Noch nicht vertraut, läuft daher nicht.</translation>
    </message>
    <message>
      <source>Python module</source>
      <translation>Python-Modul</translation>
    </message>
    <message>
      <source>Read ports and options from the file again</source>
      <translation>Anschlüsse und Optionen neu aus der Datei lesen</translation>
    </message>
    <message>
      <source>Reload</source>
      <translation>Neu laden</translation>
    </message>
    <message>
      <source>Reload {}</source>
      <translation>{} neu laden</translation>
    </message>
    <message>
      <source>The file has changed; Reload reads its options again.</source>
      <translation>Die Datei hat sich geändert; „Neu laden“ liest ihre Optionen neu.</translation>
    </message>
    <message>
      <source>Trust</source>
      <translation>Vertrauen</translation>
    </message>
    <message>
      <source>Trusted; it runs in a process of its own.</source>
      <translation>Vertraut; läuft in einem eigenen Prozess.</translation>
    </message>
    <message>
      <source>{0} of {1}</source>
      <translation>{0} von {1}</translation>
    </message>
  </context>
  <context>
    <name>ModuleDialog</name>
    <message>
      <source>Add</source>
      <translation>Hinzufügen</translation>
    </message>
    <message>
      <source>Another file…</source>
      <translation>Andere Datei…</translation>
    </message>
    <message>
      <source>Classes beside the project</source>
      <translation>Klassen neben dem Projekt</translation>
    </message>
    <message>
      <source>Classes of the .py files beside the project:</source>
      <translation>Klassen der .py-Dateien neben dem Projekt:</translation>
    </message>
    <message>
      <source>Import path</source>
      <translation>Importpfad</translation>
    </message>
    <message>
      <source>Or a class of an installed package; adding it imports it:</source>
      <translation>Oder eine Klasse eines installierten Pakets; Hinzufügen importiert es:</translation>
    </message>
    <message>
      <source>Python file</source>
      <translation>Python-Datei</translation>
    </message>
    <message>
      <source>Python module</source>
      <translation>Python-Modul</translation>
    </message>
    <message>
      <source>There is no .py file with a layer beside the project.</source>
      <translation>Neben dem Projekt liegt keine .py-Datei mit einer Schicht.</translation>
    </message>
  </context>
  <context>
    <name>MyBlocks</name>
    <message>
      <source>Put it back</source>
      <translation>Zurücklegen</translation>
    </message>
    <message>
      <source>Replace</source>
      <translation>Ersetzen</translation>
    </message>
    <message>
      <source>Replace it with the one of this project?</source>
      <translation>Durch den dieses Projekts ersetzen?</translation>
    </message>
    <message>
      <source>Save to my blocks</source>
      <translation>Unter eigene Blöcke speichern</translation>
    </message>
    <message>
      <source>Select one block first, or enter it.</source>
      <translation>Erst einen einzelnen Block auswählen oder betreten.</translation>
    </message>
    <message>
      <source>There is another “{}” among your blocks.</source>
      <translation>Unter eigenen Blöcken ist ein anderer „{}“.</translation>
    </message>
    <message>
      <source>There is no “{}” among your blocks.</source>
      <translation>Unter eigenen Blöcken ist kein „{}“.</translation>
    </message>
    <message>
      <source>“{}” is among your blocks already, just as it is here.</source>
      <translation>„{}“ ist schon unter eigenen Blöcken, genau wie hier.</translation>
    </message>
    <message>
      <source>“{}” is among your blocks now, for all your projects.</source>
      <translation>„{}“ ist jetzt unter eigenen Blöcken, für alle Projekte.</translation>
    </message>
    <message>
      <source>“{}” is gone from your blocks; projects keep theirs.</source>
      <translation>„{}“ ist nicht mehr unter eigenen Blöcken; Projekte behalten ihren.</translation>
    </message>
    <message>
      <source>“{}” is in this project now.</source>
      <translation>„{}“ ist jetzt in diesem Projekt.</translation>
    </message>
    <message>
      <source>“{}” is the same among your blocks.</source>
      <translation>„{}“ ist unter eigenen Blöcken derselbe.</translation>
    </message>
  </context>
  <context>
    <name>NameField</name>
    <message>
      <source>Name of the block</source>
      <translation>Name des Blocks</translation>
    </message>
    <message>
      <source>The class that the block prints as. Enter takes it.</source>
      <translation>Die Klasse, als die der Block im Code steht. Enter übernimmt sie.</translation>
    </message>
  </context>
  <context>
    <name>NodePage</name>
    <message>
      <source>Change {0} of {1}</source>
      <translation>{0} von {1} ändern</translation>
    </message>
    <message>
      <source>Code</source>
      <translation>Code</translation>
    </message>
    <message>
      <source>Expose {0} of {1}</source>
      <translation>{0} von {1} freigeben</translation>
    </message>
    <message>
      <source>Fields</source>
      <translation>Felder</translation>
    </message>
    <message>
      <source>How much this term counts.</source>
      <translation>Wie viel dieser Term zählt.</translation>
    </message>
    <message>
      <source>Lines</source>
      <translation>Zeilen</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>Notiz</translation>
    </message>
    <message>
      <source>Note on {0}</source>
      <translation>Notiz zu {0}</translation>
    </message>
    <message>
      <source>Objective</source>
      <translation>Ziel</translation>
    </message>
    <message>
      <source>Options</source>
      <translation>Optionen</translation>
    </message>
    <message>
      <source>Rename {0} to {1}</source>
      <translation>{0} in {1} umbenennen</translation>
    </message>
    <message>
      <source>Show line {0} of the code</source>
      <translation>Zeile {0} des Codes zeigen</translation>
    </message>
    <message>
      <source>There is a “{0}” already.</source>
      <translation>Es gibt schon ein „{0}“.</translation>
    </message>
    <message>
      <source>Use another name.</source>
      <translation>Einen anderen Namen verwenden.</translation>
    </message>
    <message>
      <source>What it is a term of.</source>
      <translation>Wovon es ein Term ist.</translation>
    </message>
  </context>
  <context>
    <name>NoteField</name>
    <message>
      <source>Anything worth remembering</source>
      <translation>Was immer man sich merken will</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>Notiz</translation>
    </message>
    <message>
      <source>Text of the note</source>
      <translation>Text der Notiz</translation>
    </message>
    <message>
      <source>Title</source>
      <translation>Titel</translation>
    </message>
    <message>
      <source>Title of the frame</source>
      <translation>Titel des Rahmens</translation>
    </message>
    <message>
      <source>Write a note…</source>
      <translation>Notiz schreiben…</translation>
    </message>
  </context>
  <context>
    <name>NoticeBar</name>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Close this notice</source>
      <translation>Diese Meldung schließen</translation>
    </message>
  </context>
  <context>
    <name>Notices</name>
    <message>
      <source>Notices</source>
      <translation>Meldungen</translation>
    </message>
  </context>
  <context>
    <name>Noting</name>
    <message>
      <source>Add note</source>
      <translation>Notiz hinzufügen</translation>
    </message>
    <message>
      <source>Change the colour</source>
      <translation>Farbe ändern</translation>
    </message>
    <message>
      <source>Delete note</source>
      <translation>Notiz löschen</translation>
    </message>
    <message>
      <source>Fit the frame</source>
      <translation>Rahmen anpassen</translation>
    </message>
    <message>
      <source>Frame {} nodes</source>
      <translation>{} Knoten einrahmen</translation>
    </message>
    <message>
      <source>Name frame “{}”</source>
      <translation>Rahmen „{}“ nennen</translation>
    </message>
    <message>
      <source>Nothing lies in this frame. Move nodes into it first.</source>
      <translation>In diesem Rahmen liegt nichts. Erst Knoten hineinschieben.</translation>
    </message>
    <message>
      <source>Write note</source>
      <translation>Notiz schreiben</translation>
    </message>
  </context>
  <context>
    <name>ObjectiveForm</name>
    <message>
      <source>Add a schedule to the chain</source>
      <translation>Der Kette einen Verlauf anfügen</translation>
    </message>
    <message>
      <source>Fewer settings</source>
      <translation>Weniger Einstellungen</translation>
    </message>
    <message>
      <source>More settings</source>
      <translation>Mehr Einstellungen</translation>
    </message>
    <message>
      <source>Optimize with {0}</source>
      <translation>Mit {0} optimieren</translation>
    </message>
    <message>
      <source>Optimizer</source>
      <translation>Optimierer</translation>
    </message>
    <message>
      <source>Schedule</source>
      <translation>Lernratenplan</translation>
    </message>
    <message>
      <source>Schedule of the learning rate</source>
      <translation>Verlauf der Lernrate</translation>
    </message>
    <message>
      <source>Schedule {0}</source>
      <translation>Lernratenplan {0}</translation>
    </message>
    <message>
      <source>Set {0} to {1}</source>
      <translation>{0} auf {1} setzen</translation>
    </message>
    <message>
      <source>Take a schedule out of the chain</source>
      <translation>Einen Verlauf aus der Kette nehmen</translation>
    </message>
    <message>
      <source>The rate follows several schedules, one after the other</source>
      <translation>Die Lernrate folgt mehreren Verläufen nacheinander</translation>
    </message>
    <message>
      <source>Then another schedule</source>
      <translation>Danach ein weiterer Verlauf</translation>
    </message>
    <message>
      <source>{0} · unknown</source>
      <translation>{0} · unbekannt</translation>
    </message>
  </context>
  <context>
    <name>OutlinePanel</name>
    <message>
      <source>Drag a layer onto the canvas.</source>
      <translation>Eine Schicht auf die Zeichenfläche ziehen.</translation>
    </message>
    <message>
      <source>Escape clears the filter.</source>
      <translation>Escape leert den Filter.</translation>
    </message>
    <message>
      <source>Filter the nodes</source>
      <translation>Knoten filtern</translation>
    </message>
    <message>
      <source>Filter the outline</source>
      <translation>Aufbau filtern</translation>
    </message>
    <message>
      <source>No nodes yet</source>
      <translation>Noch keine Knoten</translation>
    </message>
    <message>
      <source>Nothing found</source>
      <translation>Nichts gefunden</translation>
    </message>
    <message>
      <source>Outline of the drawing</source>
      <translation>Aufbau der Zeichnung</translation>
    </message>
    <message>
      <source>Show only nodes with these words in name, kind, shape or problem.</source>
      <translation>Nur Knoten mit diesen Wörtern in Name, Art, Form oder Problem zeigen.</translation>
    </message>
  </context>
  <context>
    <name>OutlineRows</name>
    <message>
      <source>Rename {0} to {1}</source>
      <translation>{0} in {1} umbenennen</translation>
    </message>
  </context>
  <context>
    <name>OverlayLegend</name>
    <message>
      <source>Measure</source>
      <translation>Messen</translation>
    </message>
    <message>
      <source>No overlay</source>
      <translation>Keine Überlagerung</translation>
    </message>
    <message>
      <source>Run one batch a few times in a process of its own</source>
      <translation>Einen Batch einige Male in einem eigenen Prozess rechnen</translation>
    </message>
  </context>
  <context>
    <name>Overlaying</name>
    <message>
      <source>Changed since it was measured.</source>
      <translation>Seit der Messung geändert.</translation>
    </message>
    <message>
      <source>Not measured yet.</source>
      <translation>Noch nicht gemessen.</translation>
    </message>
    <message>
      <source>One batch runs, with initial weights …</source>
      <translation>Ein Batch läuft, mit anfänglichen Gewichten …</translation>
    </message>
  </context>
  <context>
    <name>OwnSettings</name>
    <message>
      <source>Change {0} of {1}</source>
      <translation>{0} von {1} ändern</translation>
    </message>
    <message>
      <source>Problems silenced</source>
      <translation>Nicht mehr gemeldete Probleme</translation>
    </message>
    <message>
      <source>Structure</source>
      <translation>Struktur</translation>
    </message>
    <message>
      <source>Tell {0} at {1} again</source>
      <translation>{0} bei {1} wieder melden</translation>
    </message>
    <message>
      <source>The block {} around is frozen, and what is in it with it.</source>
      <translation>Der Block {} ringsum ist eingefroren, und damit auch das hier.</translation>
    </message>
    <message>
      <source>The weights are those of {}; set there how they train.</source>
      <translation>Die Gewichte sind die von {}; dort einstellen, wie sie trainieren.</translation>
    </message>
    <message>
      <source>Training</source>
      <translation>Training</translation>
    </message>
    <message>
      <source>What comes out of a turn goes into the next. Formulas of the block's params know the turn as i, from 0: =64 * 2**i.</source>
      <translation>Was aus einem Durchgang kommt, geht in den nächsten. Formeln der Optionen des Blocks kennen den Durchgang als i, ab 0: =64 * 2**i.</translation>
    </message>
    <message>
      <source>{} nodes</source>
      <translation>{} Knoten</translation>
    </message>
  </context>
  <context>
    <name>PalettePanel</name>
    <message>
      <source>Layers</source>
      <translation>Schichten</translation>
    </message>
    <message>
      <source>No layer matches “{0}”.</source>
      <translation>Keine Schicht passt zu „{0}“.</translation>
    </message>
    <message>
      <source>Search layers</source>
      <translation>Schichten suchen</translation>
    </message>
    <message>
      <source>This project has another {0}. “Update this project from it” makes it this one, wherever it is used.</source>
      <translation>Dieses Projekt hat einen anderen {0}. „Dieses Projekt danach aktualisieren“ macht ihn überall zu diesem.</translation>
    </message>
    <message>
      <source>{0} · differs here</source>
      <translation>{0} · hier anders</translation>
    </message>
  </context>
  <context>
    <name>Panes</name>
    <message>
      <source>Panel: {}</source>
      <translation>Bereich: {}</translation>
    </message>
  </context>
  <context>
    <name>ParamLine</name>
    <message>
      <source>Default of {}</source>
      <translation>Vorgabe von {}</translation>
    </message>
    <message>
      <source>Move {} up</source>
      <translation>{} nach oben verschieben</translation>
    </message>
    <message>
      <source>Move {} up, here and in the code</source>
      <translation>{} nach oben verschieben, hier und im Code</translation>
    </message>
    <message>
      <source>Name of param {}</source>
      <translation>Name der Option {}</translation>
    </message>
    <message>
      <source>Remove {}</source>
      <translation>{} entfernen</translation>
    </message>
    <message>
      <source>Remove {}: formulas inside take its default</source>
      <translation>{} entfernen: Formeln innen nehmen die Vorgabe</translation>
    </message>
    <message>
      <source>What it is where an instance chooses nothing</source>
      <translation>Was gilt, wo eine Instanz nichts wählt</translation>
    </message>
  </context>
  <context>
    <name>ParamRow</name>
    <message>
      <source>Back to {0}</source>
      <translation>Zurück zu {0}</translation>
    </message>
    <message>
      <source>Chosen by hand. Click to read it off the input again.</source>
      <translation>Von Hand gewählt. Klicken, um es wieder vom Eingang abzulesen.</translation>
    </message>
    <message>
      <source>Expose as a param of the block</source>
      <translation>Als Option des Blocks freigeben</translation>
    </message>
    <message>
      <source>Expose {} as a param of the block</source>
      <translation>{} als Option des Blocks freigeben</translation>
    </message>
    <message>
      <source>Follow the data: the size changes when the data does.</source>
      <translation>Den Daten folgen: Die Größe ändert sich mit ihnen.</translation>
    </message>
    <message>
      <source>Needs a value.</source>
      <translation>Braucht einen Wert.</translation>
    </message>
    <message>
      <source>Read off the input. Click to choose another value.</source>
      <translation>Vom Eingang abgelesen. Klicken, um einen anderen Wert zu wählen.</translation>
    </message>
    <message>
      <source>Use {0} ({1})</source>
      <translation>{0} verwenden ({1})</translation>
    </message>
    <message>
      <source>automatic</source>
      <translation>automatisch</translation>
    </message>
  </context>
  <context>
    <name>PictureDialog</name>
    <message>
      <source>As it is shown</source>
      <translation>Wie gezeigt</translation>
    </message>
    <message>
      <source>Background</source>
      <translation>Hintergrund</translation>
    </message>
    <message>
      <source>Choose a file…</source>
      <translation>Datei wählen…</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>Dunkel</translation>
    </message>
    <message>
      <source>Export the drawing</source>
      <translation>Zeichnung exportieren</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>Hell</translation>
    </message>
    <message>
      <source>Scale</source>
      <translation>Maßstab</translation>
    </message>
    <message>
      <source>The block “{}”</source>
      <translation>Der Block „{}“</translation>
    </message>
    <message>
      <source>The whole drawing</source>
      <translation>Die ganze Zeichnung</translation>
    </message>
    <message>
      <source>Theme</source>
      <translation>Farbschema</translation>
    </message>
    <message>
      <source>Transparent</source>
      <translation>Durchsichtig</translation>
    </message>
    <message>
      <source>Transparent background</source>
      <translation>Durchsichtiger Hintergrund</translation>
    </message>
    <message>
      <source>What</source>
      <translation>Was</translation>
    </message>
    <message>
      <source>What is selected</source>
      <translation>Das Ausgewählte</translation>
    </message>
    <message>
      <source>{0} × {1} pixels</source>
      <translation>{0} × {1} Pixel</translation>
    </message>
    <message>
      <source>{0} × {1} pixels: too large for PNG, not for SVG and PDF</source>
      <translation>{0} × {1} Pixel: zu groß für PNG, nicht für SVG und PDF</translation>
    </message>
  </context>
  <context>
    <name>PictureGrid</name>
    <message>
      <source>Predictions beside the truth</source>
      <translation>Vorhersagen neben der Wahrheit</translation>
    </message>
  </context>
  <context>
    <name>PictureStrip</name>
    <message>
      <source>Pictures of samples</source>
      <translation>Bilder der Samples</translation>
    </message>
    <message>
      <source>Sample {0}</source>
      <translation>Sample {0}</translation>
    </message>
  </context>
  <context>
    <name>PlanForm</name>
    <message>
      <source>0 is automatic: {0} on this machine</source>
      <translation>0 heißt automatisch: {0} auf diesem Rechner</translation>
    </message>
    <message>
      <source>Another seed</source>
      <translation>Anderer Seed</translation>
    </message>
    <message>
      <source>Auto</source>
      <translation>Auto</translation>
    </message>
    <message>
      <source>Auto · {0}</source>
      <translation>Auto · {0}</translation>
    </message>
    <message>
      <source>Device</source>
      <translation>Gerät</translation>
    </message>
    <message>
      <source>Run</source>
      <translation>Lauf</translation>
    </message>
    <message>
      <source>Set {0} to {1}</source>
      <translation>{0} auf {1} setzen</translation>
    </message>
    <message>
      <source>Train on {0}</source>
      <translation>Auf {0} trainieren</translation>
    </message>
    <message>
      <source>{0} · not on this machine</source>
      <translation>{0} · nicht auf diesem Rechner</translation>
    </message>
  </context>
  <context>
    <name>PlanMore</name>
    <message>
      <source>Every batch is read when it is needed, the next ones ahead of it.</source>
      <translation>Jeder Batch wird gelesen, wenn er gebraucht wird, die nächsten im Voraus.</translation>
    </message>
    <message>
      <source>Held in memory where all samples fit, else read batch by batch.</source>
      <translation>Im Speicher gehalten, wo alle Samples passen, sonst Batch für Batch gelesen.</translation>
    </message>
    <message>
      <source>Set {0} to {1}</source>
      <translation>{0} auf {1} setzen</translation>
    </message>
    <message>
      <source>They don’t fit in memory, and are read batch by batch.</source>
      <translation>Sie passen nicht in den Speicher und werden Batch für Batch gelesen.</translation>
    </message>
    <message>
      <source>They fit, and are held in memory.</source>
      <translation>Sie passen und werden im Speicher gehalten.</translation>
    </message>
    <message>
      <source>{0} samples take {1}.</source>
      <translation>{0} Samples brauchen {1}.</translation>
    </message>
  </context>
  <context>
    <name>PlotBar</name>
    <message>
      <source>Choose which curves are shown</source>
      <translation>Wählen, welche Kurven gezeigt werden</translation>
    </message>
    <message>
      <source>Count epochs along the bottom</source>
      <translation>Unten Epochen zählen</translation>
    </message>
    <message>
      <source>Count steps along the bottom</source>
      <translation>Unten Schritte zählen</translation>
    </message>
    <message>
      <source>Epochs</source>
      <translation>Epochen</translation>
    </message>
    <message>
      <source>Live run</source>
      <translation>Laufendes Training</translation>
    </message>
    <message>
      <source>Log</source>
      <translation>Log</translation>
    </message>
    <message>
      <source>Logarithmic height</source>
      <translation>Logarithmische Höhe</translation>
    </message>
    <message>
      <source>Reset zoom</source>
      <translation>Zoom zurücksetzen</translation>
    </message>
    <message>
      <source>Save as SVG …</source>
      <translation>Als SVG speichern …</translation>
    </message>
    <message>
      <source>Save as a picture (PNG) …</source>
      <translation>Als Bild speichern (PNG) …</translation>
    </message>
    <message>
      <source>Save the plots</source>
      <translation>Diagramme speichern</translation>
    </message>
    <message>
      <source>Save the values (CSV) …</source>
      <translation>Werte speichern (CSV) …</translation>
    </message>
    <message>
      <source>Show the run that was begun last</source>
      <translation>Den zuletzt begonnenen Lauf zeigen</translation>
    </message>
    <message>
      <source>Show the whole run (double-click a plot)</source>
      <translation>Den ganzen Lauf zeigen (Doppelklick auf ein Diagramm)</translation>
    </message>
    <message>
      <source>Smoothing</source>
      <translation>Glättung</translation>
    </message>
    <message>
      <source>Smoothing of the thick line</source>
      <translation>Glättung der dicken Linie</translation>
    </message>
    <message>
      <source>Steps</source>
      <translation>Schritte</translation>
    </message>
    <message>
      <source>This run didn't note when its steps were done.</source>
      <translation>Dieser Lauf hat nicht vermerkt, wann seine Schritte fertig waren.</translation>
    </message>
    <message>
      <source>This run doesn't say how long an epoch is.</source>
      <translation>Dieser Lauf sagt nicht, wie lang eine Epoche ist.</translation>
    </message>
    <message>
      <source>Time</source>
      <translation>Zeit</translation>
    </message>
    <message>
      <source>Time at work along the bottom</source>
      <translation>Unten die Arbeitszeit</translation>
    </message>
    <message>
      <source>Write for TensorBoard …</source>
      <translation>Für TensorBoard schreiben …</translation>
    </message>
  </context>
  <context>
    <name>PlotsPanel</name>
    <message>
      <source>No curves yet</source>
      <translation>Noch keine Kurven</translation>
    </message>
    <message>
      <source>Press Train to watch the loss fall, or choose a run among the runs.</source>
      <translation>„Trainieren“ drücken, um den Verlust fallen zu sehen, oder einen der Läufe wählen.</translation>
    </message>
    <message>
      <source>Save the curves</source>
      <translation>Kurven speichern</translation>
    </message>
    <message>
      <source>live</source>
      <translation>live</translation>
    </message>
    <message>
      <source>{0} runs over each other</source>
      <translation>{0} Läufe übereinander</translation>
    </message>
    <message>
      <source>{0} · live</source>
      <translation>{0} · live</translation>
    </message>
  </context>
  <context>
    <name>Preferences</name>
    <message>
      <source>Make room there and see that you may write it: until then choices last as long as the window.</source>
      <translation>Dort Platz schaffen und Schreibrechte prüfen: Bis dahin gelten Einstellungen, solange das Fenster offen ist.</translation>
    </message>
    <message>
      <source>The settings can't be written to {}.</source>
      <translation>Die Einstellungen lassen sich nicht nach {} schreiben.</translation>
    </message>
  </context>
  <context>
    <name>PreferencesDialog</name>
    <message>
      <source>Another language is spoken from the next start on.</source>
      <translation>Eine andere Sprache gilt ab dem nächsten Start.</translation>
    </message>
    <message>
      <source>Another project gets a window of its own</source>
      <translation>Ein weiteres Projekt bekommt ein eigenes Fenster</translation>
    </message>
    <message>
      <source>Another project takes the place of this one</source>
      <translation>Ein weiteres Projekt tritt an die Stelle von diesem</translation>
    </message>
    <message>
      <source>At start</source>
      <translation>Beim Start</translation>
    </message>
    <message>
      <source>Canvas</source>
      <translation>Zeichenfläche</translation>
    </message>
    <message>
      <source>Change shortcuts…</source>
      <translation>Tastenkürzel ändern…</translation>
    </message>
    <message>
      <source>Colours</source>
      <translation>Farben</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>Dunkel</translation>
    </message>
    <message>
      <source>Follow the system</source>
      <translation>Dem System folgen</translation>
    </message>
    <message>
      <source>Keyboard</source>
      <translation>Tastatur</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>Sprache</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>Hell</translation>
    </message>
    <message>
      <source>Motion</source>
      <translation>Bewegung</translation>
    </message>
    <message>
      <source>Open what was open last</source>
      <translation>Öffnen, was zuletzt offen war</translation>
    </message>
    <message>
      <source>Opening</source>
      <translation>Öffnen</translation>
    </message>
    <message>
      <source>Preferences</source>
      <translation>Einstellungen</translation>
    </message>
    <message>
      <source>Safe for colour-blind people</source>
      <translation>Sicher für Farbenblinde</translation>
    </message>
    <message>
      <source>Settings, autosaves, runs of unsaved projects and the log are in
{}</source>
      <translation>Einstellungen, Sicherungen, Läufe ungespeicherter Projekte und das Protokoll liegen in
{}</translation>
    </message>
    <message>
      <source>Show the minimap</source>
      <translation>Übersichtskarte zeigen</translation>
    </message>
    <message>
      <source>Standard</source>
      <translation>Standard</translation>
    </message>
    <message>
      <source>Theme</source>
      <translation>Farbschema</translation>
    </message>
    <message>
      <source>Things jump: reduced motion</source>
      <translation>Dinge springen: weniger Bewegung</translation>
    </message>
    <message>
      <source>Things move</source>
      <translation>Dinge bewegen sich</translation>
    </message>
  </context>
  <context>
    <name>Presenting</name>
    <message>
      <source>Escape leaves the presentation.</source>
      <translation>Escape verlässt die Vorführung.</translation>
    </message>
  </context>
  <context>
    <name>Printing</name>
    <message>
      <source>As many as it takes to read</source>
      <translation>So viele, wie zum Lesen nötig</translation>
    </message>
    <message>
      <source>More</source>
      <translation>Mehr</translation>
    </message>
    <message>
      <source>One sheet</source>
      <translation>Ein Blatt</translation>
    </message>
    <message>
      <source>Page</source>
      <translation>Seite</translation>
    </message>
    <message>
      <source>Print the drawing</source>
      <translation>Zeichnung drucken</translation>
    </message>
    <message>
      <source>Sheets</source>
      <translation>Blätter</translation>
    </message>
    <message>
      <source>Zoom</source>
      <translation>Zoom</translation>
    </message>
    <message>
      <source>{0} of {1}</source>
      <translation>{0} von {1}</translation>
    </message>
  </context>
  <context>
    <name>ProblemCards</name>
    <message>
      <source>Fix: {0}</source>
      <translation>Beheben: {0}</translation>
    </message>
  </context>
  <context>
    <name>ProblemHelpDialog</name>
    <message>
      <source>Problems</source>
      <translation>Probleme</translation>
    </message>
    <message>
      <source>Problems explained</source>
      <translation>Probleme erklärt</translation>
    </message>
    <message>
      <source>Search</source>
      <translation>Suchen</translation>
    </message>
    <message>
      <source>Search problems</source>
      <translation>Probleme suchen</translation>
    </message>
    <message>
      <source>What it means</source>
      <translation>Was es bedeutet</translation>
    </message>
  </context>
  <context>
    <name>ProblemsPanel</name>
    <message>
      <source>More: {}</source>
      <translation>Mehr: {}</translation>
    </message>
    <message>
      <source>No problems. The drawing can be built.</source>
      <translation>Keine Probleme. Die Zeichnung lässt sich bauen.</translation>
    </message>
    <message>
      <source>Nothing of the severities that are switched on.</source>
      <translation>Nichts von den eingeschalteten Schweregraden.</translation>
    </message>
    <message>
      <source>Nothing to check yet. Drag a layer from the palette onto the canvas.</source>
      <translation>Noch nichts zu prüfen. Eine Schicht aus der Palette auf die Zeichenfläche ziehen.</translation>
    </message>
    <message>
      <source>Problems</source>
      <translation>Probleme</translation>
    </message>
    <message>
      <source>Show or hide: {0}</source>
      <translation>Zeigen oder verbergen: {0}</translation>
    </message>
    <message>
      <source>Show what was silenced, to have it told again</source>
      <translation>Nicht mehr Gemeldetes zeigen, um es wieder melden zu lassen</translation>
    </message>
    <message>
      <source>Silence it, or learn more</source>
      <translation>Nicht mehr melden oder mehr erfahren</translation>
    </message>
    <message>
      <source>Silenced {}</source>
      <translation>{} nicht mehr gemeldet</translation>
    </message>
    <message>
      <source>and {0} more</source>
      <translation>und {0} weitere</translation>
    </message>
  </context>
  <context>
    <name>ProjectPage</name>
    <message>
      <source>1 error</source>
      <translation>1 Fehler</translation>
    </message>
    <message>
      <source>1 warning</source>
      <translation>1 Warnung</translation>
    </message>
    <message>
      <source>2 × multiply-adds, forward, one sample: {0}</source>
      <translation>2 × Multiply-Adds, vorwärts, ein Sample: {0}</translation>
    </message>
    <message>
      <source>Change the title</source>
      <translation>Titel ändern</translation>
    </message>
    <message>
      <source>Describe the project</source>
      <translation>Projekt beschreiben</translation>
    </message>
    <message>
      <source>Estimated peak of one training step with {0} samples</source>
      <translation>Geschätzte Spitze eines Trainingsschritts mit {0} Samples</translation>
    </message>
    <message>
      <source>FLOPs</source>
      <translation>FLOPs</translation>
    </message>
    <message>
      <source>Memory a step</source>
      <translation>Speicher je Schritt</translation>
    </message>
    <message>
      <source>No problems</source>
      <translation>Keine Probleme</translation>
    </message>
    <message>
      <source>Nodes</source>
      <translation>Knoten</translation>
    </message>
    <message>
      <source>Parameters</source>
      <translation>Parameter</translation>
    </message>
    <message>
      <source>Project</source>
      <translation>Projekt</translation>
    </message>
    <message>
      <source>Select a node to see and change its options.</source>
      <translation>Einen Knoten auswählen, um seine Optionen zu sehen und zu ändern.</translation>
    </message>
    <message>
      <source>Title of the project</source>
      <translation>Titel des Projekts</translation>
    </message>
    <message>
      <source>What it is for</source>
      <translation>Wofür es gedacht ist</translation>
    </message>
    <message>
      <source>What the project is for</source>
      <translation>Wofür das Projekt gedacht ist</translation>
    </message>
    <message>
      <source>{0} errors</source>
      <translation>{0} Fehler</translation>
    </message>
    <message>
      <source>{1} warnings</source>
      <translation>{1} Warnungen</translation>
    </message>
  </context>
  <context>
    <name>QObject</name>
    <message>
      <source>Add a node…</source>
      <translation>Knoten hinzufügen…</translation>
    </message>
    <message>
      <source>Add a note…</source>
      <translation>Notiz hinzufügen…</translation>
    </message>
    <message>
      <source>Bypass</source>
      <translation>Umgehen</translation>
    </message>
    <message>
      <source>Climb out of the block</source>
      <translation>Block verlassen</translation>
    </message>
    <message>
      <source>Colour</source>
      <translation>Farbe</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>Kopieren</translation>
    </message>
    <message>
      <source>Cut</source>
      <translation>Ausschneiden</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>Löschen</translation>
    </message>
    <message>
      <source>Delete and join the wire</source>
      <translation>Löschen und Leitung verbinden</translation>
    </message>
    <message>
      <source>Delete wire</source>
      <translation>Leitung löschen</translation>
    </message>
    <message>
      <source>Detach wire</source>
      <translation>Leitung lösen</translation>
    </message>
    <message>
      <source>Duplicate</source>
      <translation>Verdoppeln</translation>
    </message>
    <message>
      <source>Edit the text</source>
      <translation>Text bearbeiten</translation>
    </message>
    <message>
      <source>Edit the title</source>
      <translation>Titel bearbeiten</translation>
    </message>
    <message>
      <source>Enter the block</source>
      <translation>Block öffnen</translation>
    </message>
    <message>
      <source>Fit it to what lies in it</source>
      <translation>An den Inhalt anpassen</translation>
    </message>
    <message>
      <source>Fold repeats</source>
      <translation>Wiederholungen falten</translation>
    </message>
    <message>
      <source>Frame {}</source>
      <translation>Rahmen {}</translation>
    </message>
    <message>
      <source>Freeze weights</source>
      <translation>Gewichte einfrieren</translation>
    </message>
    <message>
      <source>Go to the other end</source>
      <translation>Zum anderen Ende gehen</translation>
    </message>
    <message>
      <source>Insert a node here…</source>
      <translation>Knoten hier einfügen…</translation>
    </message>
    <message>
      <source>Insert into wire</source>
      <translation>In Leitung einfügen</translation>
    </message>
    <message>
      <source>Look closer</source>
      <translation>Näher ansehen</translation>
    </message>
    <message>
      <source>Make a block</source>
      <translation>Block bilden</translation>
    </message>
    <message>
      <source>Make it unique</source>
      <translation>Eigenständig machen</translation>
    </message>
    <message>
      <source>Minimap</source>
      <translation>Übersichtskarte</translation>
    </message>
    <message>
      <source>Mute</source>
      <translation>Stummschalten</translation>
    </message>
    <message>
      <source>No port fits {0}.{1}. Space adds a node, Tab takes another port, Escape ends.</source>
      <translation>Kein Anschluss passt zu {0}.{1}. Leertaste fügt einen Knoten hinzu, Tab nimmt einen anderen Anschluss, Escape beendet.</translation>
    </message>
    <message>
      <source>Note: {}</source>
      <translation>Notiz: {}</translation>
    </message>
    <message>
      <source>Off the wires. Drop it to leave it so; Escape goes back.</source>
      <translation>Von den Leitungen gelöst. Loslassen lässt es so; Escape macht es rückgängig.</translation>
    </message>
    <message>
      <source>Open the probe's card</source>
      <translation>Karte der Sonde öffnen</translation>
    </message>
    <message>
      <source>Paste</source>
      <translation>Einfügen</translation>
    </message>
    <message>
      <source>Pin</source>
      <translation>Anheften</translation>
    </message>
    <message>
      <source>Probe</source>
      <translation>Sonde</translation>
    </message>
    <message>
      <source>Problems</source>
      <translation>Probleme</translation>
    </message>
    <message>
      <source>Put a dot here</source>
      <translation>Hier einen Punkt setzen</translation>
    </message>
    <message>
      <source>Put a frame around</source>
      <translation>Rahmen darum ziehen</translation>
    </message>
    <message>
      <source>Runs</source>
      <translation>Läufe</translation>
    </message>
    <message>
      <source>Save to my blocks</source>
      <translation>Unter eigene Blöcke speichern</translation>
    </message>
    <message>
      <source>Select all</source>
      <translation>Alles auswählen</translation>
    </message>
    <message>
      <source>Select what lies in it</source>
      <translation>Inhalt auswählen</translation>
    </message>
    <message>
      <source>Share weights</source>
      <translation>Gewichte teilen</translation>
    </message>
    <message>
      <source>Show as two stubs</source>
      <translation>Als zwei Stummel zeigen</translation>
    </message>
    <message>
      <source>Show everything</source>
      <translation>Alles zeigen</translation>
    </message>
    <message>
      <source>Show its settings</source>
      <translation>Einstellungen zeigen</translation>
    </message>
    <message>
      <source>Shut the probe's card</source>
      <translation>Karte der Sonde schließen</translation>
    </message>
    <message>
      <source>Swap inputs</source>
      <translation>Eingänge tauschen</translation>
    </message>
    <message>
      <source>Take off the dot</source>
      <translation>Punkt entfernen</translation>
    </message>
    <message>
      <source>Tidy up</source>
      <translation>Aufräumen</translation>
    </message>
    <message>
      <source>Tidy up downwards</source>
      <translation>Nach unten aufräumen</translation>
    </message>
    <message>
      <source>Tidy up selection</source>
      <translation>Auswahl aufräumen</translation>
    </message>
    <message>
      <source>Unpack the block</source>
      <translation>Block auflösen</translation>
    </message>
    <message>
      <source>Unshare weights</source>
      <translation>Gewichte nicht mehr teilen</translation>
    </message>
    <message>
      <source>What can be done here</source>
      <translation>Was hier möglich ist</translation>
    </message>
    <message>
      <source>{0} wires to {1}. Arrows choose, Enter wires them, Escape ends.</source>
      <translation>{0} Leitungen nach {1}. Pfeile wählen, Enter verbindet sie, Escape beendet.</translation>
    </message>
    <message>
      <source>{0}, around {1}</source>
      <translation>{0}, um {1}</translation>
    </message>
    <message>
      <source>{0}.{1} to {2}.{3}. Arrows choose, Enter wires; Tab: another port, Space: a new node.</source>
      <translation>{0}.{1} nach {2}.{3}. Pfeile wählen, Enter verbindet; Tab: anderer Anschluss, Leertaste: neuer Knoten.</translation>
    </message>
    <message>
      <source>{0}.{1} to {2}.{3}. Arrows put this end elsewhere, Tab the other, Enter ends.</source>
      <translation>{0}.{1} nach {2}.{3}. Pfeile versetzen dieses Ende, Tab das andere, Enter schließt ab.</translation>
    </message>
    <message>
      <source>{} nodes selected</source>
      <translation>{} Knoten ausgewählt</translation>
    </message>
  </context>
  <context>
    <name>QueueList</name>
    <message>
      <source>Earlier</source>
      <translation>Früher</translation>
    </message>
    <message>
      <source>Later</source>
      <translation>Später</translation>
    </message>
    <message>
      <source>Start the next</source>
      <translation>Den nächsten starten</translation>
    </message>
    <message>
      <source>Take out</source>
      <translation>Herausnehmen</translation>
    </message>
    <message>
      <source>Waiting</source>
      <translation>Wartend</translation>
    </message>
  </context>
  <context>
    <name>QuittingDialog</name>
    <message>
      <source>Let runs in a process of their own go on</source>
      <translation>Läufe in eigenen Prozessen weiterlaufen lassen</translation>
    </message>
    <message>
      <source>Not saved to a file yet</source>
      <translation>Noch nicht in einer Datei gespeichert</translation>
    </message>
    <message>
      <source>Projects to save</source>
      <translation>Zu speichernde Projekte</translation>
    </message>
    <message>
      <source>Quit Netwright</source>
      <translation>Netwright beenden</translation>
    </message>
    <message>
      <source>Quit without saving</source>
      <translation>Ohne Speichern beenden</translation>
    </message>
    <message>
      <source>Runs are stopped; their weights are kept.</source>
      <translation>Läufe werden gestoppt; ihre Gewichte bleiben erhalten.</translation>
    </message>
    <message>
      <source>Save and quit</source>
      <translation>Speichern und beenden</translation>
    </message>
    <message>
      <source>Tick what shall be saved before all windows close.</source>
      <translation>Ankreuzen, was vor dem Schließen aller Fenster gespeichert werden soll.</translation>
    </message>
    <message>
      <source>{}: a run is under way</source>
      <translation>{}: Ein Training läuft</translation>
    </message>
    <message>
      <source>{}: unsaved changes</source>
      <translation>{}: ungespeicherte Änderungen</translation>
    </message>
    <message>
      <source>{}: unsaved changes, and a run is under way</source>
      <translation>{}: ungespeicherte Änderungen, und ein Training läuft</translation>
    </message>
  </context>
  <context>
    <name>RatePreview</name>
    <message>
      <source>Learning rate over the run</source>
      <translation>Lernrate über den Lauf</translation>
    </message>
    <message>
      <source>Learning rate: begins at {0}, highest {1}, ends at {2}</source>
      <translation>Lernrate: beginnt bei {0}, höchstens {1}, endet bei {2}</translation>
    </message>
    <message>
      <source>peak {0}</source>
      <translation>Spitze {0}</translation>
    </message>
  </context>
  <context>
    <name>ReadingOptions</name>
    <message>
      <source>Color</source>
      <translation>Farbe</translation>
    </message>
    <message>
      <source>Color of the pictures</source>
      <translation>Farbe der Bilder</translation>
    </message>
    <message>
      <source>Gray</source>
      <translation>Graustufen</translation>
    </message>
    <message>
      <source>Height of the pictures</source>
      <translation>Höhe der Bilder</translation>
    </message>
    <message>
      <source>Predict</source>
      <translation>Vorhersagen</translation>
    </message>
    <message>
      <source>Read as</source>
      <translation>Lesen als</translation>
    </message>
    <message>
      <source>What to predict</source>
      <translation>Was vorhergesagt werden soll</translation>
    </message>
    <message>
      <source>Width of the pictures</source>
      <translation>Breite der Bilder</translation>
    </message>
  </context>
  <context>
    <name>ResultsPanel</name>
    <message>
      <source>Ask the model again</source>
      <translation>Das Modell noch einmal fragen</translation>
    </message>
    <message>
      <source>Best</source>
      <translation>Beste</translation>
    </message>
    <message>
      <source>Best answers first</source>
      <translation>Beste Antworten zuerst</translation>
    </message>
    <message>
      <source>Best weights</source>
      <translation>Beste Gewichte</translation>
    </message>
    <message>
      <source>Choose data, draw a network and train it.</source>
      <translation>Daten wählen, ein Netz zeichnen und trainieren.</translation>
    </message>
    <message>
      <source>Column of the target</source>
      <translation>Spalte des Ziels</translation>
    </message>
    <message>
      <source>Last weights</source>
      <translation>Letzte Gewichte</translation>
    </message>
    <message>
      <source>No results yet</source>
      <translation>Noch keine Ergebnisse</translation>
    </message>
    <message>
      <source>Off by {0} on average</source>
      <translation>Im Mittel um {0} daneben</translation>
    </message>
    <message>
      <source>One moment</source>
      <translation>Einen Moment</translation>
    </message>
    <message>
      <source>Output</source>
      <translation>Ausgang</translation>
    </message>
    <message>
      <source>Residuals</source>
      <translation>Residuen</translation>
    </message>
    <message>
      <source>Show prediction minus truth</source>
      <translation>Vorhersage minus Wahrheit zeigen</translation>
    </message>
    <message>
      <source>Show the best answers</source>
      <translation>Die besten Antworten zeigen</translation>
    </message>
    <message>
      <source>Show the worst answers</source>
      <translation>Die schlechtesten Antworten zeigen</translation>
    </message>
    <message>
      <source>That did not work</source>
      <translation>Das hat nicht geklappt</translation>
    </message>
    <message>
      <source>The chosen sample, and those like it</source>
      <translation>Das gewählte Sample und ähnliche</translation>
    </message>
    <message>
      <source>The model answers every sample.</source>
      <translation>Das Modell beantwortet jedes Sample.</translation>
    </message>
    <message>
      <source>Those of the best epoch</source>
      <translation>Die der besten Epoche</translation>
    </message>
    <message>
      <source>Those that it ended with</source>
      <translation>Die, mit denen er endete</translation>
    </message>
    <message>
      <source>Worst</source>
      <translation>Schlechteste</translation>
    </message>
    <message>
      <source>Worst answers first</source>
      <translation>Schlechteste Antworten zuerst</translation>
    </message>
    <message>
      <source>best weights</source>
      <translation>beste Gewichte</translation>
    </message>
    <message>
      <source>false alarm</source>
      <translation>Fehlalarm</translation>
    </message>
    <message>
      <source>found</source>
      <translation>gefunden</translation>
    </message>
    <message>
      <source>input, truth, prediction</source>
      <translation>Eingang, Wahrheit, Vorhersage</translation>
    </message>
    <message>
      <source>last weights</source>
      <translation>letzte Gewichte</translation>
    </message>
    <message>
      <source>missed</source>
      <translation>übersehen</translation>
    </message>
    <message>
      <source>rightly none</source>
      <translation>zu Recht keins</translation>
    </message>
    <message>
      <source>training</source>
      <translation>Training</translation>
    </message>
    <message>
      <source>truth, prediction</source>
      <translation>Wahrheit, Vorhersage</translation>
    </message>
    <message>
      <source>validation</source>
      <translation>Validierung</translation>
    </message>
    <message>
      <source>{0} of {1}</source>
      <translation>{0} von {1}</translation>
    </message>
    <message>
      <source>{0} right</source>
      <translation>{0} richtig</translation>
    </message>
    <message>
      <source>{0} right · {1} of {2} wrong</source>
      <translation>{0} richtig · {1} von {2} falsch</translation>
    </message>
    <message>
      <source>{0} {1} samples · {2}, {3}</source>
      <translation>{0} {1}-Samples · {2}, {3}</translation>
    </message>
  </context>
  <context>
    <name>Routing</name>
    <message>
      <source>Put a dot on the wire</source>
      <translation>Punkt auf die Leitung setzen</translation>
    </message>
  </context>
  <context>
    <name>RunDetails</name>
    <message>
      <source>Favourite</source>
      <translation>Favorit</translation>
    </message>
    <message>
      <source>Name of the run</source>
      <translation>Name des Laufs</translation>
    </message>
    <message>
      <source>Show its curves</source>
      <translation>Seine Kurven zeigen</translation>
    </message>
    <message>
      <source>Tags</source>
      <translation>Schlagwörter</translation>
    </message>
    <message>
      <source>Tags, with commas between</source>
      <translation>Schlagwörter, mit Kommas dazwischen</translation>
    </message>
    <message>
      <source>The environment is another: {0}.</source>
      <translation>Die Umgebung ist eine andere: {0}.</translation>
    </message>
    <message>
      <source>best epoch</source>
      <translation>beste Epoche</translation>
    </message>
    <message>
      <source>parameters</source>
      <translation>Parameter</translation>
    </message>
  </context>
  <context>
    <name>RunDifferences</name>
    <message>
      <source>Comparing …</source>
      <translation>Vergleiche …</translation>
    </message>
    <message>
      <source>Differs</source>
      <translation>Unterschied</translation>
    </message>
    <message>
      <source>Nothing differs between them but what they came to.</source>
      <translation>Sie unterscheiden sich in nichts als im Ergebnis.</translation>
    </message>
    <message>
      <source>Runs: {0} · differences: {1}</source>
      <translation>Läufe: {0} · Unterschiede: {1}</translation>
    </message>
  </context>
  <context>
    <name>RunProgress</name>
    <message>
      <source>Epoch {} / {}</source>
      <translation>Epoche {} / {}</translation>
    </message>
    <message>
      <source>Progress of the run</source>
      <translation>Fortschritt des Laufs</translation>
    </message>
    <message>
      <source>{} left</source>
      <translation>noch {}</translation>
    </message>
    <message>
      <source>{} samples/s</source>
      <translation>{} Samples/s</translation>
    </message>
  </context>
  <context>
    <name>RunQueue</name>
    <message>
      <source>{0} seeds: {1}.</source>
      <translation>{0} Seeds: {1}.</translation>
    </message>
    <message>
      <source>{0}, seed {1}</source>
      <translation>{0}, Seed {1}</translation>
    </message>
  </context>
  <context>
    <name>RunStatus</name>
    <message>
      <source>A step is one CUDA graph, made in {0}.</source>
      <translation>Ein Schritt ist ein CUDA-Graph, erstellt in {0}.</translation>
    </message>
    <message>
      <source>Another program trains this run; it goes on when this window closes.</source>
      <translation>Ein anderes Programm trainiert diesen Lauf; er geht weiter, wenn dieses Fenster geschlossen wird.</translation>
    </message>
    <message>
      <source>Compiled ({0}) in {1}, in one piece.</source>
      <translation>Kompiliert ({0}) in {1}, in einem Stück.</translation>
    </message>
    <message>
      <source>Compiled ({0}) in {1}: {2} graphs, parted by: {3}</source>
      <translation>Kompiliert ({0}) in {1}: {2} Graphen, getrennt durch: {3}</translation>
    </message>
    <message>
      <source>Data and model load.</source>
      <translation>Daten und Modell werden geladen.</translation>
    </message>
    <message>
      <source>Done: {0} epochs in {1}.</source>
      <translation>Fertig: {0} Epochen in {1}.</translation>
    </message>
    <message>
      <source>End the run; what it learned is kept</source>
      <translation>Lauf beenden; das Gelernte bleibt erhalten</translation>
    </message>
    <message>
      <source>Epoch {0} / {1}</source>
      <translation>Epoche {0} / {1}</translation>
    </message>
    <message>
      <source>Go on with the run</source>
      <translation>Lauf fortsetzen</translation>
    </message>
    <message>
      <source>Hold the run after this step</source>
      <translation>Lauf nach diesem Schritt anhalten</translation>
    </message>
    <message>
      <source>Interrupted after {0} epochs; its state is saved.</source>
      <translation>Nach {0} Epochen unterbrochen; der Zustand ist gespeichert.</translation>
    </message>
    <message>
      <source>Loss</source>
      <translation>Verlust</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>Pause</translation>
    </message>
    <message>
      <source>Preparing …</source>
      <translation>Vorbereitung …</translation>
    </message>
    <message>
      <source>Progress of the run</source>
      <translation>Fortschritt des Laufs</translation>
    </message>
    <message>
      <source>Restart with what fits</source>
      <translation>Neu beginnen mit dem, was passt</translation>
    </message>
    <message>
      <source>Resume</source>
      <translation>Fortsetzen</translation>
    </message>
    <message>
      <source>Samples are held in memory.</source>
      <translation>Samples werden im Speicher gehalten.</translation>
    </message>
    <message>
      <source>Samples are read batch by batch.</source>
      <translation>Samples werden Batch für Batch gelesen.</translation>
    </message>
    <message>
      <source>Samples are read by a process of its own.</source>
      <translation>Samples liest ein eigener Prozess.</translation>
    </message>
    <message>
      <source>Samples are read by {0} processes.</source>
      <translation>Samples lesen {0} Prozesse.</translation>
    </message>
    <message>
      <source>Step {0} of {1}</source>
      <translation>Schritt {0} von {1}</translation>
    </message>
    <message>
      <source>Steps are not compiled: {0}</source>
      <translation>Schritte sind nicht kompiliert: {0}</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>Stopp</translation>
    </message>
    <message>
      <source>Stopped after {0} epochs; what it learned is kept.</source>
      <translation>Nach {0} Epochen gestoppt; das Gelernte bleibt erhalten.</translation>
    </message>
    <message>
      <source>Stopping …</source>
      <translation>Wird gestoppt …</translation>
    </message>
    <message>
      <source>The drawing has moved on since this run began.</source>
      <translation>Die Zeichnung wurde seit Beginn dieses Laufs geändert.</translation>
    </message>
    <message>
      <source>The run saves its state.</source>
      <translation>Der Lauf speichert seinen Zustand.</translation>
    </message>
    <message>
      <source>Train</source>
      <translation>Trainieren</translation>
    </message>
    <message>
      <source>Train the drawing as it is now, with this run's weights where they fit</source>
      <translation>Die jetzige Zeichnung trainieren, mit den Gewichten dieses Laufs, wo sie passen</translation>
    </message>
    <message>
      <source>Train the drawing by this plan</source>
      <translation>Die Zeichnung nach diesem Plan trainieren</translation>
    </message>
    <message>
      <source>train</source>
      <translation>Training</translation>
    </message>
    <message>
      <source>validation</source>
      <translation>Validierung</translation>
    </message>
    <message>
      <source>{0} left</source>
      <translation>noch {0}</translation>
    </message>
    <message>
      <source>{0} samples/s</source>
      <translation>{0} Samples/s</translation>
    </message>
  </context>
  <context>
    <name>Runner</name>
    <message>
      <source>Training ended by a mistake of Netwright's.</source>
      <translation>Das Training endete durch einen Fehler von Netwright.</translation>
    </message>
    <message>
      <source>What was saved before it is still good.</source>
      <translation>Was davor gespeichert wurde, ist weiterhin brauchbar.</translation>
    </message>
  </context>
  <context>
    <name>Running</name>
    <message>
      <source>A run was broken off after {0} of {1} epochs.</source>
      <translation>Ein Lauf wurde nach {0} von {1} Epochen abgebrochen.</translation>
    </message>
    <message>
      <source>Discard</source>
      <translation>Verwerfen</translation>
    </message>
    <message>
      <source>Find the largest batch</source>
      <translation>Größten Batch finden</translation>
    </message>
    <message>
      <source>Follow</source>
      <translation>Verfolgen</translation>
    </message>
    <message>
      <source>It goes on from step {0}.</source>
      <translation>Er geht ab Schritt {0} weiter.</translation>
    </message>
    <message>
      <source>Nothing of it is saved yet: it begins again.</source>
      <translation>Noch ist nichts davon gespeichert: Er beginnt von vorn.</translation>
    </message>
    <message>
      <source>Resume</source>
      <translation>Fortsetzen</translation>
    </message>
    <message>
      <source>Run in a separate process</source>
      <translation>Lauf in eigenem Prozess</translation>
    </message>
    <message>
      <source>Show</source>
      <translation>Zeigen</translation>
    </message>
    <message>
      <source>Show its curves</source>
      <translation>Seine Kurven zeigen</translation>
    </message>
    <message>
      <source>Start the next</source>
      <translation>Den nächsten starten</translation>
    </message>
    <message>
      <source>The run was stopped. Still waiting: {0}.</source>
      <translation>Der Lauf wurde beendet. Es warten noch: {0}.</translation>
    </message>
    <message>
      <source>The run “{0}” of this project is under way in another program.</source>
      <translation>Der Lauf „{0}“ dieses Projekts läuft gerade in einem anderen Programm.</translation>
    </message>
    <message>
      <source>This run has a process of its own: another window trains in this one.</source>
      <translation>Dieser Lauf bekommt einen eigenen Prozess: In diesem trainiert schon ein anderes Fenster.</translation>
    </message>
    <message>
      <source>Train them</source>
      <translation>Trainieren</translation>
    </message>
    <message>
      <source>{0} runs still waited when Netwright ended: {1}.</source>
      <translation>{0} Läufe warteten noch, als Netwright endete: {1}.</translation>
    </message>
  </context>
  <context>
    <name>RunsPanel</name>
    <message>
      <source>Choose a run to name it; with Ctrl or Shift several, to compare them.</source>
      <translation>Einen Lauf wählen, um ihn zu benennen; mit Strg oder Umschalt mehrere, um sie zu vergleichen.</translation>
    </message>
    <message>
      <source>Copy its id</source>
      <translation>ID kopieren</translation>
    </message>
    <message>
      <source>Duplicate with a change …</source>
      <translation>Mit einer Änderung verdoppeln …</translation>
    </message>
    <message>
      <source>Each press of Train leaves a run here, with its curves and its weights.</source>
      <translation>Jeder Druck auf „Trainieren“ hinterlässt hier einen Lauf mit Kurven und Gewichten.</translation>
    </message>
    <message>
      <source>Export its model …</source>
      <translation>Modell exportieren …</translation>
    </message>
    <message>
      <source>Favourite</source>
      <translation>Favorit</translation>
    </message>
    <message>
      <source>Favourites only</source>
      <translation>Nur Favoriten</translation>
    </message>
    <message>
      <source>Filter by name, tag, note or state</source>
      <translation>Nach Name, Schlagwort, Notiz oder Zustand filtern</translation>
    </message>
    <message>
      <source>Filter the runs</source>
      <translation>Läufe filtern</translation>
    </message>
    <message>
      <source>Follow</source>
      <translation>Verfolgen</translation>
    </message>
    <message>
      <source>Follow no more</source>
      <translation>Nicht mehr verfolgen</translation>
    </message>
    <message>
      <source>In the trash beside the runs: {0}.</source>
      <translation>Im Papierkorb neben den Läufen: {0}.</translation>
    </message>
    <message>
      <source>It ended as planned; train again for more epochs.</source>
      <translation>Er endete wie geplant; für weitere Epochen erneut trainieren.</translation>
    </message>
    <message>
      <source>It has lost its project.</source>
      <translation>Er hat sein Projekt verloren.</translation>
    </message>
    <message>
      <source>Move to the trash</source>
      <translation>In den Papierkorb verschieben</translation>
    </message>
    <message>
      <source>No epoch of it is over yet.</source>
      <translation>Noch ist keine Epoche davon abgeschlossen.</translation>
    </message>
    <message>
      <source>No runs yet</source>
      <translation>Noch keine Läufe</translation>
    </message>
    <message>
      <source>Open its folder</source>
      <translation>Ordner öffnen</translation>
    </message>
    <message>
      <source>Open its project</source>
      <translation>Projekt öffnen</translation>
    </message>
    <message>
      <source>Rename</source>
      <translation>Umbenennen</translation>
    </message>
    <message>
      <source>Resume</source>
      <translation>Fortsetzen</translation>
    </message>
    <message>
      <source>Run again</source>
      <translation>Noch einmal trainieren</translation>
    </message>
    <message>
      <source>Show its curves</source>
      <translation>Kurven zeigen</translation>
    </message>
    <message>
      <source>Take back from the trash</source>
      <translation>Aus dem Papierkorb zurückholen</translation>
    </message>
    <message>
      <source>The run is under way; stop it.</source>
      <translation>Der Lauf ist noch im Gange; zuerst stoppen.</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>Rückgängig</translation>
    </message>
    <message>
      <source>{0} runs</source>
      <translation>{0} Läufe</translation>
    </message>
  </context>
  <context>
    <name>SampleSource</name>
    <message>
      <source>No samples</source>
      <translation>Keine Samples</translation>
    </message>
    <message>
      <source>The samples are read.</source>
      <translation>Die Samples werden gelesen.</translation>
    </message>
  </context>
  <context>
    <name>SampleTable</name>
    <message>
      <source>Rows of samples</source>
      <translation>Zeilen mit Samples</translation>
    </message>
  </context>
  <context>
    <name>SampleView</name>
    <message>
      <source>All</source>
      <translation>Alle</translation>
    </message>
    <message>
      <source>Next page</source>
      <translation>Nächste Seite</translation>
    </message>
    <message>
      <source>Page before</source>
      <translation>Vorherige Seite</translation>
    </message>
    <message>
      <source>Show others, drawn at random</source>
      <translation>Andere zeigen, zufällig gezogen</translation>
    </message>
    <message>
      <source>Test</source>
      <translation>Test</translation>
    </message>
    <message>
      <source>Training</source>
      <translation>Training</translation>
    </message>
    <message>
      <source>Validation</source>
      <translation>Validierung</translation>
    </message>
    <message>
      <source>Which samples to show</source>
      <translation>Welche Samples gezeigt werden</translation>
    </message>
    <message>
      <source>{0} of {1}</source>
      <translation>{0} von {1}</translation>
    </message>
  </context>
  <context>
    <name>Scatter</name>
    <message>
      <source>Prediction minus truth, over truth</source>
      <translation>Vorhersage minus Wahrheit über der Wahrheit</translation>
    </message>
    <message>
      <source>Prediction over truth</source>
      <translation>Vorhersage über der Wahrheit</translation>
    </message>
    <message>
      <source>Truth</source>
      <translation>Wahrheit</translation>
    </message>
    <message>
      <source>Truth {0}, prediction {1}</source>
      <translation>Wahrheit {0}, Vorhersage {1}</translation>
    </message>
  </context>
  <context>
    <name>ScheduleBox</name>
    <message>
      <source>Schedule {0}</source>
      <translation>Verlauf {0}</translation>
    </message>
    <message>
      <source>Take this schedule out of the chain</source>
      <translation>Diesen Verlauf aus der Kette nehmen</translation>
    </message>
    <message>
      <source>then</source>
      <translation>dann</translation>
    </message>
  </context>
  <context>
    <name>Search</name>
    <message>
      <source>Enter places it, Shift+Enter hangs it on the selected node.</source>
      <translation>Enter setzt es ein, Shift+Enter hängt es an den ausgewählten Knoten.</translation>
    </message>
    <message>
      <source>Kinds that match</source>
      <translation>Passende Arten</translation>
    </message>
    <message>
      <source>Nothing is called that. Try fewer letters.</source>
      <translation>Nichts heißt so. Weniger Buchstaben versuchen.</translation>
    </message>
    <message>
      <source>Search for a node to add</source>
      <translation>Knoten zum Hinzufügen suchen</translation>
    </message>
    <message>
      <source>Search layers, losses, operations</source>
      <translation>Schichten, Verluste, Operationen suchen</translation>
    </message>
  </context>
  <context>
    <name>SeveralPage</name>
    <message>
      <source>FLOPs</source>
      <translation>FLOPs</translation>
    </message>
    <message>
      <source>Parameters</source>
      <translation>Parameter</translation>
    </message>
    <message>
      <source>{0} nodes</source>
      <translation>{0} Knoten</translation>
    </message>
  </context>
  <context>
    <name>SeveralParams</name>
    <message>
      <source>Change {0} of {1} nodes</source>
      <translation>{0} von {1} Knoten ändern</translation>
    </message>
    <message>
      <source>Options in common</source>
      <translation>Gemeinsame Optionen</translation>
    </message>
    <message>
      <source>These nodes have no options in common.</source>
      <translation>Diese Knoten haben keine gemeinsamen Optionen.</translation>
    </message>
  </context>
  <context>
    <name>SharingBox</name>
    <message>
      <source>Its weights are used by {} too.</source>
      <translation>Diese Gewichte nutzt auch {}.</translation>
    </message>
    <message>
      <source>Tie {} to</source>
      <translation>{} binden an</translation>
    </message>
    <message>
      <source>Uses the weights and options of {}.</source>
      <translation>Nutzt die Gewichte und Optionen von {}.</translation>
    </message>
    <message>
      <source>Weights of</source>
      <translation>Gewichte von</translation>
    </message>
    <message>
      <source>its own</source>
      <translation>eigene</translation>
    </message>
    <message>
      <source>{0} is no layer that {1} could use, so it has its own weights.</source>
      <translation>{0} ist keine Schicht, die {1} nutzen könnte; daher gelten eigene Gewichte.</translation>
    </message>
  </context>
  <context>
    <name>ShortcutTree</name>
    <message>
      <source>Canvas, always the same</source>
      <translation>Zeichenfläche, immer gleich</translation>
    </message>
    <message>
      <source>Command</source>
      <translation>Befehl</translation>
    </message>
    <message>
      <source>Commands and their keys</source>
      <translation>Befehle und ihre Tasten</translation>
    </message>
    <message>
      <source>Default: {}</source>
      <translation>Standard: {}</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>Tasten</translation>
    </message>
    <message>
      <source>Panels</source>
      <translation>Bereiche</translation>
    </message>
    <message>
      <source>no keys</source>
      <translation>keine Tasten</translation>
    </message>
    <message>
      <source>none</source>
      <translation>keine</translation>
    </message>
  </context>
  <context>
    <name>ShortcutsDialog</name>
    <message>
      <source>All back to default</source>
      <translation>Alle auf Standard zurücksetzen</translation>
    </message>
    <message>
      <source>All commands have their default keys.</source>
      <translation>Alle Befehle haben ihre Standardtasten.</translation>
    </message>
    <message>
      <source>Back to default</source>
      <translation>Auf Standard zurücksetzen</translation>
    </message>
    <message>
      <source>Keyboard shortcuts</source>
      <translation>Tastenkürzel</translation>
    </message>
    <message>
      <source>Keys of {}</source>
      <translation>Tasten von {}</translation>
    </message>
    <message>
      <source>No command had other keys.</source>
      <translation>Kein Befehl hatte andere Tasten.</translation>
    </message>
    <message>
      <source>No keys</source>
      <translation>Keine Tasten</translation>
    </message>
    <message>
      <source>Press the keys for this command. Esc leaves it as it is.</source>
      <translation>Tasten für diesen Befehl drücken. Esc lässt alles, wie es ist.</translation>
    </message>
    <message>
      <source>Search by command or keys</source>
      <translation>Nach Befehl oder Tasten suchen</translation>
    </message>
    <message>
      <source>Search shortcuts</source>
      <translation>Tastenkürzel suchen</translation>
    </message>
    <message>
      <source>Take it from “{}”</source>
      <translation>Von „{}“ übernehmen</translation>
    </message>
    <message>
      <source>The keys that you chose are back.</source>
      <translation>Die selbst gewählten Tasten sind wieder da.</translation>
    </message>
    <message>
      <source>These keys always mean the same.</source>
      <translation>Diese Tasten bedeuten immer dasselbe.</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>Rückgängig</translation>
    </message>
    <message>
      <source>{0} is what “{1}” has. Press others, or take it from there.</source>
      <translation>{0} gehört schon zu „{1}“. Andere Tasten drücken oder von dort übernehmen.</translation>
    </message>
    <message>
      <source>“{0}” has {1} now, and “{2}” has no keys.</source>
      <translation>„{0}“ hat jetzt {1}, und „{2}“ hat keine Tasten.</translation>
    </message>
    <message>
      <source>“{0}” has {1} now.</source>
      <translation>„{0}“ hat jetzt {1}.</translation>
    </message>
    <message>
      <source>“{}” has no keys now.</source>
      <translation>„{}“ hat jetzt keine Tasten.</translation>
    </message>
  </context>
  <context>
    <name>SilenceBox</name>
    <message>
      <source>Tell again</source>
      <translation>Wieder melden</translation>
    </message>
    <message>
      <source>Tell again: {}</source>
      <translation>Wieder melden: {}</translation>
    </message>
    <message>
      <source>Undo the silence of “{}” at this node</source>
      <translation>„{}“ an diesem Knoten wieder melden</translation>
    </message>
  </context>
  <context>
    <name>SilencedList</name>
    <message>
      <source>Problems silenced</source>
      <translation>Nicht mehr gemeldete Probleme</translation>
    </message>
    <message>
      <source>Tell again</source>
      <translation>Wieder melden</translation>
    </message>
    <message>
      <source>Tell again: {0} at {1}</source>
      <translation>Wieder melden: {0} an {1}</translation>
    </message>
  </context>
  <context>
    <name>SizeField</name>
    <message>
      <source>A word instead of a number: {0}</source>
      <translation>Ein Wort statt einer Zahl: {0}</translation>
    </message>
    <message>
      <source>Link the axes of {0}</source>
      <translation>Achsen von {0} verknüpfen</translation>
    </message>
    <message>
      <source>One number an axis. Click for one number for all axes.</source>
      <translation>Eine Zahl je Achse. Klick: eine Zahl für alle Achsen.</translation>
    </message>
    <message>
      <source>One number for all axes. Click for one number an axis.</source>
      <translation>Eine Zahl für alle Achsen. Klick: eine Zahl je Achse.</translation>
    </message>
    <message>
      <source>Words for {0}</source>
      <translation>Wörter für {0}</translation>
    </message>
  </context>
  <context>
    <name>SpeedDialog</name>
    <message>
      <source>, {} threads</source>
      <translation>, {} Threads</translation>
    </message>
    <message>
      <source>A copy of the drawing trains for a few steps on numbers at random, with a loss on each output where none is drawn. It says how fast a step is; nothing can be learned from such numbers, and the project stays as it is.</source>
      <translation>Eine Kopie der Zeichnung trainiert einige Schritte mit Zufallszahlen, mit einem Verlust an jedem Ausgang, wo keiner gezeichnet ist. Das zeigt, wie schnell ein Schritt ist; aus solchen Zahlen lässt sich nichts lernen, und das Projekt bleibt unverändert.</translation>
    </message>
    <message>
      <source>A step</source>
      <translation>Ein Schritt</translation>
    </message>
    <message>
      <source>Added for the trial: {}.</source>
      <translation>Für den Versuch hinzugefügt: {}.</translation>
    </message>
    <message>
      <source>Batch</source>
      <translation>Batch</translation>
    </message>
    <message>
      <source>Computed on</source>
      <translation>Berechnet auf</translation>
    </message>
    <message>
      <source>Numbers at random: nothing can be learned.</source>
      <translation>Zufallszahlen: Daraus lässt sich nichts lernen.</translation>
    </message>
    <message>
      <source>Peak memory</source>
      <translation>Spitzenspeicher</translation>
    </message>
    <message>
      <source>Samples a second</source>
      <translation>Samples pro Sekunde</translation>
    </message>
    <message>
      <source>Samples of a step</source>
      <translation>Samples je Schritt</translation>
    </message>
    <message>
      <source>Speed trial</source>
      <translation>Tempotest</translation>
    </message>
    <message>
      <source>Start</source>
      <translation>Starten</translation>
    </message>
    <message>
      <source>The plan's batch of {} would not fit here or take long.</source>
      <translation>Der Batch des Plans mit {} würde hier nicht passen oder lange dauern.</translation>
    </message>
    <message>
      <source>Trying… a large drawing takes a minute.</source>
      <translation>Test läuft… eine große Zeichnung braucht eine Minute.</translation>
    </message>
    <message>
      <source>What the trial says</source>
      <translation>Ergebnis des Tests</translation>
    </message>
    <message>
      <source>as many as fit</source>
      <translation>so viele wie passen</translation>
    </message>
    <message>
      <source>{} ms</source>
      <translation>{} ms</translation>
    </message>
  </context>
  <context>
    <name>SplitView</name>
    <message>
      <source>Divide anew</source>
      <translation>Neu aufteilen</translation>
    </message>
    <message>
      <source>Divide anew, with another seed</source>
      <translation>Neu aufteilen, mit anderem Seed</translation>
    </message>
    <message>
      <source>Each part holds about the same share of each class</source>
      <translation>Jeder Teil enthält etwa den gleichen Anteil jeder Klasse</translation>
    </message>
    <message>
      <source>Same shares of every class</source>
      <translation>Gleiche Anteile jeder Klasse</translation>
    </message>
    <message>
      <source>Seed</source>
      <translation>Seed</translation>
    </message>
    <message>
      <source>Seed of the split</source>
      <translation>Seed der Aufteilung</translation>
    </message>
    <message>
      <source>Share of the samples kept for a last test</source>
      <translation>Anteil der Samples für einen abschließenden Test</translation>
    </message>
    <message>
      <source>Share of the samples that validate</source>
      <translation>Anteil der Samples zur Validierung</translation>
    </message>
    <message>
      <source>Test</source>
      <translation>Test</translation>
    </message>
    <message>
      <source>The same seed always gives the same parts</source>
      <translation>Derselbe Seed ergibt immer dieselben Teile</translation>
    </message>
    <message>
      <source>Training</source>
      <translation>Training</translation>
    </message>
    <message>
      <source>Validation</source>
      <translation>Validierung</translation>
    </message>
  </context>
  <context>
    <name>StateBar</name>
    <message>
      <source>Checking</source>
      <translation>Wird geprüft</translation>
    </message>
    <message>
      <source>Paused</source>
      <translation>Pausiert</translation>
    </message>
    <message>
      <source>Preparing</source>
      <translation>Vorbereitung</translation>
    </message>
    <message>
      <source>Ready</source>
      <translation>Bereit</translation>
    </message>
    <message>
      <source>Run ended</source>
      <translation>Lauf beendet</translation>
    </message>
    <message>
      <source>Run failed</source>
      <translation>Lauf fehlgeschlagen</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Zustand</translation>
    </message>
    <message>
      <source>Stopping</source>
      <translation>Wird gestoppt</translation>
    </message>
    <message>
      <source>Training</source>
      <translation>Training</translation>
    </message>
    <message>
      <source>node</source>
      <translation>Knoten</translation>
    </message>
    <message>
      <source>nodes</source>
      <translation>Knoten</translation>
    </message>
    <message>
      <source>problem</source>
      <translation>Problem</translation>
    </message>
    <message>
      <source>problems</source>
      <translation>Probleme</translation>
    </message>
    <message>
      <source>wire</source>
      <translation>Leitung</translation>
    </message>
    <message>
      <source>wires</source>
      <translation>Leitungen</translation>
    </message>
    <message>
      <source>{} parameters</source>
      <translation>{} Parameter</translation>
    </message>
  </context>
  <context>
    <name>Steering</name>
    <message>
      <source>All {0} training samples fit in one batch; the plan has {1}.</source>
      <translation>Alle {0} Trainings-Samples passen in einen Batch; der Plan hat {1}.</translation>
    </message>
    <message>
      <source>Batches are tried in a process of their own; that takes a minute.</source>
      <translation>Batches werden in einem eigenen Prozess probiert; das dauert eine Minute.</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Change the batch size</source>
      <translation>Batchgröße ändern</translation>
    </message>
    <message>
      <source>Make the model smaller, or free some memory.</source>
      <translation>Das Modell verkleinern oder Speicher freimachen.</translation>
    </message>
    <message>
      <source>Not even a batch of one sample fits in memory.</source>
      <translation>Nicht einmal ein Batch mit einem Sample passt in den Speicher.</translation>
    </message>
    <message>
      <source>Runs that differ in their seed, one after the other:</source>
      <translation>Läufe, die sich im Seed unterscheiden, nacheinander:</translation>
    </message>
    <message>
      <source>Set the batch size to {0}</source>
      <translation>Batchgröße auf {0} setzen</translation>
    </message>
    <message>
      <source>The largest batch that fits is {0}; the plan has {1}.</source>
      <translation>Der größte Batch, der passt, ist {0}; der Plan hat {1}.</translation>
    </message>
    <message>
      <source>The run is over.</source>
      <translation>Der Lauf ist zu Ende.</translation>
    </message>
    <message>
      <source>Train several seeds</source>
      <translation>Mehrere Seeds trainieren</translation>
    </message>
  </context>
  <context>
    <name>SummaryPanel</name>
    <message>
      <source>Fold repeats</source>
      <translation>Wiederholungen falten</translation>
    </message>
    <message>
      <source>Fold {0} × {1} nodes</source>
      <translation>{0} × {1} Knoten falten</translation>
    </message>
    <message>
      <source>Layers</source>
      <translation>Schichten</translation>
    </message>
    <message>
      <source>No layers yet. Drag one from the palette onto the canvas.</source>
      <translation>Noch keine Schichten. Eine aus der Palette auf die Zeichenfläche ziehen.</translation>
    </message>
    <message>
      <source>{0} nodes  ·  {1} parameters  ·  {2} FLOPs a sample  ·  {3} a training step</source>
      <translation>{0} Knoten  ·  {1} Parameter  ·  {2} FLOPs je Sample  ·  {3} je Trainingsschritt</translation>
    </message>
    <message>
      <source>{0} turns of {1} nodes are drawn alike, one after the other. They can be one block that is repeated.</source>
      <translation>{0} Durchgänge von {1} Knoten sind hintereinander gleich gezeichnet. Sie können ein Block sein, der sich wiederholt.</translation>
    </message>
  </context>
  <context>
    <name>Switching</name>
    <message>
      <source>Share the weights of {}</source>
      <translation>Gewichte von {} teilen</translation>
    </message>
    <message>
      <source>Unshare {}</source>
      <translation>{} nicht mehr teilen</translation>
    </message>
    <message>
      <source>{} nodes</source>
      <translation>{} Knoten</translation>
    </message>
  </context>
  <context>
    <name>TemplatesDialog</name>
    <message>
      <source>An empty canvas, without data.</source>
      <translation>Eine leere Zeichenfläche, ohne Daten.</translation>
    </message>
    <message>
      <source>Create</source>
      <translation>Erstellen</translation>
    </message>
    <message>
      <source>Empty</source>
      <translation>Leer</translation>
    </message>
    <message>
      <source>New from template</source>
      <translation>Neu aus Vorlage</translation>
    </message>
    <message>
      <source>Templates</source>
      <translation>Vorlagen</translation>
    </message>
  </context>
  <context>
    <name>TextField</name>
    <message>
      <source>mixed</source>
      <translation>gemischt</translation>
    </message>
    <message>
      <source>not known yet</source>
      <translation>noch unbekannt</translation>
    </message>
    <message>
      <source>“{0}” was not taken. {1}</source>
      <translation>„{0}“ wurde nicht übernommen. {1}</translation>
    </message>
  </context>
  <context>
    <name>Tidying</name>
    <message>
      <source>All of it is pinned. Unpin a node (P) to let it move.</source>
      <translation>Alles ist angeheftet. Zum Verschieben einen Knoten lösen (P).</translation>
    </message>
    <message>
      <source>The drawing changed meanwhile, so it was not laid out.</source>
      <translation>Die Zeichnung wurde inzwischen geändert und daher nicht neu angeordnet.</translation>
    </message>
    <message>
      <source>Tidying up was cancelled.</source>
      <translation>Das Aufräumen wurde abgebrochen.</translation>
    </message>
  </context>
  <context>
    <name>ToolBar</name>
    <message>
      <source>Not saved to a file yet</source>
      <translation>Noch nicht in einer Datei gespeichert</translation>
    </message>
    <message>
      <source>Toolbar</source>
      <translation>Werkzeugleiste</translation>
    </message>
  </context>
  <context>
    <name>TrainingPanel</name>
    <message>
      <source> ({0} more in Problems)</source>
      <translation> ({0} weitere unter Probleme)</translation>
    </message>
    <message>
      <source>The canvas is empty. Drag a layer onto it from the palette.</source>
      <translation>Die Zeichenfläche ist leer. Eine Schicht aus der Palette darauf ziehen.</translation>
    </message>
    <message>
      <source>The drawing is being checked.</source>
      <translation>Die Zeichnung wird geprüft.</translation>
    </message>
    <message>
      <source>There is no data to train on. Choose some in the data panel.</source>
      <translation>Keine Daten zum Trainieren. Im Datenbereich welche wählen.</translation>
    </message>
    <message>
      <source>There is no loss to train by. Wire an output into a loss, e.g. CrossEntropyLoss.</source>
      <translation>Kein Verlust, nach dem trainiert werden kann. Einen Ausgang mit einem Verlust verbinden, z. B. CrossEntropyLoss.</translation>
    </message>
  </context>
  <context>
    <name>TryoutPanel</name>
    <message>
      <source>Choose data and draw a network first.</source>
      <translation>Zuerst Daten wählen und ein Netz zeichnen.</translation>
    </message>
    <message>
      <source>Draw one yourself</source>
      <translation>Selbst zeichnen</translation>
    </message>
    <message>
      <source>Draw something.</source>
      <translation>Etwas zeichnen.</translation>
    </message>
    <message>
      <source>Nothing to try yet</source>
      <translation>Noch nichts zum Ausprobieren</translation>
    </message>
    <message>
      <source>See what the network guesses before it learns</source>
      <translation>Sehen, was das Netz vor dem Lernen rät</translation>
    </message>
    <message>
      <source>That did not work</source>
      <translation>Das hat nicht geklappt</translation>
    </message>
    <message>
      <source>Train first</source>
      <translation>Zuerst trainieren</translation>
    </message>
    <message>
      <source>Try untrained weights</source>
      <translation>Untrainierte Gewichte ausprobieren</translation>
    </message>
    <message>
      <source>Type one yourself</source>
      <translation>Selbst eintippen</translation>
    </message>
    <message>
      <source>What the model makes of it</source>
      <translation>Was das Modell daraus macht</translation>
    </message>
  </context>
  <context>
    <name>UserModules</name>
    <message>
      <source>A Python file lies beside the project, which has no file yet.</source>
      <translation>Eine Python-Datei liegt neben dem Projekt, das noch keine Datei hat.</translation>
    </message>
    <message>
      <source>Add module {}</source>
      <translation>Modul {} hinzufügen</translation>
    </message>
    <message>
      <source>Not now</source>
      <translation>Nicht jetzt</translation>
    </message>
    <message>
      <source>Save the project first.</source>
      <translation>Zuerst das Projekt speichern.</translation>
    </message>
    <message>
      <source>This project has Python code of its own: {}. It has not run.</source>
      <translation>Dieses Projekt hat eigenen Python-Code: {}. Er wurde nicht ausgeführt.</translation>
    </message>
    <message>
      <source>Trust</source>
      <translation>Vertrauen</translation>
    </message>
  </context>
  <context>
    <name>WayChoice</name>
    <message>
      <source>A process of its own trains faster while the window is used, starts a second or two later, and may run out of memory or lose its device without harm to the window.</source>
      <translation>Ein eigener Prozess trainiert schneller, während das Fenster benutzt wird, startet ein bis zwei Sekunden später, und wenn ihm der Speicher ausgeht oder das Gerät verloren geht, schadet das dem Fenster nicht.</translation>
    </message>
    <message>
      <source>Run in its own process</source>
      <translation>Lauf in eigenem Prozess</translation>
    </message>
    <message>
      <source>Run in this window</source>
      <translation>Lauf in diesem Fenster</translation>
    </message>
    <message>
      <source>Runs</source>
      <translation>Läufe</translation>
    </message>
    <message>
      <source>The project has Python modules, whose code must not run in the window.</source>
      <translation>Das Projekt hat Python-Module, deren Code nicht im Fenster laufen darf.</translation>
    </message>
  </context>
  <context>
    <name>Ways</name>
    <message>
      <source>A table with a column to predict</source>
      <translation>Eine Tabelle mit einer Spalte zum Vorhersagen</translation>
    </message>
    <message>
      <source>An .npz with arrays of samples</source>
      <translation>Eine .npz mit Arrays von Samples</translation>
    </message>
    <message>
      <source>CSV file…</source>
      <translation>CSV-Datei…</translation>
    </message>
    <message>
      <source>Choose a CSV file</source>
      <translation>CSV-Datei wählen</translation>
    </message>
    <message>
      <source>Choose a NumPy file</source>
      <translation>NumPy-Datei wählen</translation>
    </message>
    <message>
      <source>Choose the folder that has a folder for each class</source>
      <translation>Den Ordner wählen, der für jede Klasse einen Ordner enthält</translation>
    </message>
    <message>
      <source>Folder of images…</source>
      <translation>Bilderordner…</translation>
    </message>
    <message>
      <source>NumPy archives (*.npz)</source>
      <translation>NumPy-Archive (*.npz)</translation>
    </message>
    <message>
      <source>NumPy file…</source>
      <translation>NumPy-Datei…</translation>
    </message>
    <message>
      <source>One folder for each class</source>
      <translation>Ein Ordner für jede Klasse</translation>
    </message>
    <message>
      <source>Tables (*.csv *.tsv *.txt);;All files (*)</source>
      <translation>Tabellen (*.csv *.tsv *.txt);;Alle Dateien (*)</translation>
    </message>
  </context>
  <context>
    <name>WeightsBox</name>
    <message>
      <source>Best weights</source>
      <translation>Beste Gewichte</translation>
    </message>
    <message>
      <source>Last weights</source>
      <translation>Letzte Gewichte</translation>
    </message>
    <message>
      <source>Newest: {0}</source>
      <translation>Neuester: {0}</translation>
    </message>
    <message>
      <source>Run</source>
      <translation>Lauf</translation>
    </message>
    <message>
      <source>The weights are read.</source>
      <translation>Die Gewichte werden gelesen.</translation>
    </message>
    <message>
      <source>Train the network to see its weights.</source>
      <translation>Das Netz trainieren, um seine Gewichte zu sehen.</translation>
    </message>
    <message>
      <source>Weights</source>
      <translation>Gewichte</translation>
    </message>
  </context>
  <context>
    <name>Windows</name>
    <message>
      <source>It was {}. Open it from where it is now.</source>
      <translation>Zuletzt lag es unter {}. Bitte vom jetzigen Ort öffnen.</translation>
    </message>
    <message>
      <source>“{}” was open last time and is no longer there.</source>
      <translation>„{}“ war zuletzt geöffnet und ist nicht mehr da.</translation>
    </message>
  </context>
  <context>
    <name>_Look</name>
    <message>
      <source>From {0} to {1}; bars by the root of their counts</source>
      <translation>Von {0} bis {1}; Balken nach der Wurzel der Anzahl</translation>
    </message>
    <message>
      <source>Histogram of {0}</source>
      <translation>Histogramm von {0}</translation>
    </message>
    <message>
      <source>Outputs from top to bottom; what has no colour is 0</source>
      <translation>Ausgänge von oben nach unten; was keine Farbe hat, ist 0</translation>
    </message>
    <message>
      <source>Pictures of {0}</source>
      <translation>Bilder von {0}</translation>
    </message>
    <message>
      <source>mean {0}, spread {1}, from {2} to {3}, {4} zeros</source>
      <translation>Mittel {0}, Streuung {1}, von {2} bis {3}, {4} Nullen</translation>
    </message>
    <message>
      <source>{0} of {1} filters, each from its lowest to its highest weight</source>
      <translation>{0} von {1} Filtern, jeder vom kleinsten bis zum größten Gewicht</translation>
    </message>
    <message>
      <source>{0}; the first of {1} channels</source>
      <translation>{0}; der erste von {1} Kanälen</translation>
    </message>
  </context>
  <context>
    <name>_Table</name>
    <message>
      <source>What differs between the runs</source>
      <translation>Was sich zwischen den Läufen unterscheidet</translation>
    </message>
  </context>
  <context>
    <name>_Title</name>
    <message>
      <source>Close this panel; the View menu brings it back</source>
      <translation>Diesen Bereich schließen; das Menü „Ansicht“ holt ihn zurück</translation>
    </message>
    <message>
      <source>Undock this panel</source>
      <translation>Diesen Bereich ablösen</translation>
    </message>
  </context>
  <context>
    <name>answers</name>
    <message>
      <source>A trained model shows here what it can and can't.</source>
      <translation>Ein trainiertes Modell zeigt hier, was es kann und was nicht.</translation>
    </message>
    <message>
      <source>No samples</source>
      <translation>Keine Samples</translation>
    </message>
    <message>
      <source>Nothing to try here</source>
      <translation>Hier gibt es nichts auszuprobieren</translation>
    </message>
    <message>
      <source>Other data</source>
      <translation>Andere Daten</translation>
    </message>
    <message>
      <source>That did not work</source>
      <translation>Das ging nicht</translation>
    </message>
    <message>
      <source>The data can't be read; see the data panel.</source>
      <translation>Die Daten lassen sich nicht lesen; siehe den Bereich „Daten“.</translation>
    </message>
    <message>
      <source>The model has no output.</source>
      <translation>Das Modell hat keinen Ausgang.</translation>
    </message>
    <message>
      <source>The model's input is not fed by a field of the data.</source>
      <translation>Der Eingang des Modells kommt nicht aus einem Feld der Daten.</translation>
    </message>
    <message>
      <source>This run saw other samples than the project has now.</source>
      <translation>Dieser Lauf sah andere Samples, als das Projekt jetzt hat.</translation>
    </message>
    <message>
      <source>Train first</source>
      <translation>Zuerst trainieren</translation>
    </message>
    <message>
      <source>What the model takes for what is shown here then.</source>
      <translation>Dann zeigt sich hier, was das Modell wofür hält.</translation>
    </message>
  </context>
  <context>
    <name>axes</name>
    <message>
      <source>back</source>
      <translation>hinten</translation>
    </message>
    <message>
      <source>bottom</source>
      <translation>unten</translation>
    </message>
    <message>
      <source>depth</source>
      <translation>Tiefe</translation>
    </message>
    <message>
      <source>front</source>
      <translation>vorne</translation>
    </message>
    <message>
      <source>height</source>
      <translation>Höhe</translation>
    </message>
    <message>
      <source>left</source>
      <translation>links</translation>
    </message>
    <message>
      <source>length</source>
      <translation>Länge</translation>
    </message>
    <message>
      <source>right</source>
      <translation>rechts</translation>
    </message>
    <message>
      <source>top</source>
      <translation>oben</translation>
    </message>
    <message>
      <source>width</source>
      <translation>Breite</translation>
    </message>
  </context>
  <context>
    <name>canvas</name>
    <message>
      <source>A wire from “{0}” to “{1}” would close a circle.</source>
      <translation>Eine Leitung von „{0}“ zu „{1}“ würde einen Kreis schließen.</translation>
    </message>
    <message>
      <source>A wire leads from an output (at right) to an input (at left).</source>
      <translation>Eine Leitung führt von einem Ausgang (rechts) zu einem Eingang (links).</translation>
    </message>
    <message>
      <source>Its gradient: {0}.</source>
      <translation>Sein Gradient: {0}.</translation>
    </message>
    <message>
      <source>Its probe waits for a run.</source>
      <translation>Seine Sonde wartet auf einen Lauf.</translation>
    </message>
    <message>
      <source>No value was seen yet: “Evaluate once”{0} runs one batch, and a probe on the wire{1} shows what a run makes of it.</source>
      <translation>Noch kein Wert gesehen: „Einmal auswerten“{0} rechnet einen Batch, und eine Sonde an der Leitung{1} zeigt, was ein Lauf daraus macht.</translation>
    </message>
    <message>
      <source>Of a batch for validation, with the last weights of {8}: {0} {1}, from {2} to {3}, mean {4}, std {5}, {6} zeros, {7} NaN.</source>
      <translation>Aus einem Batch zur Validierung, mit den letzten Gewichten von {8}: {0} {1}, von {2} bis {3}, Mittel {4}, Streuung {5}, {6} Nullen, {7} NaN.</translation>
    </message>
    <message>
      <source>Of noise in place of data, with initial weights: {0} {1}, from {2} to {3}, mean {4}, std {5}, {6} zeros, {7} NaN.</source>
      <translation>Aus Rauschen statt Daten, mit anfänglichen Gewichten: {0} {1}, von {2} bis {3}, Mittel {4}, Streuung {5}, {6} Nullen, {7} NaN.</translation>
    </message>
    <message>
      <source>Of noise in place of data, with the last weights of {8}: {0} {1}, from {2} to {3}, mean {4}, std {5}, {6} zeros, {7} NaN.</source>
      <translation>Aus Rauschen statt Daten, mit den letzten Gewichten von {8}: {0} {1}, von {2} bis {3}, Mittel {4}, Streuung {5}, {6} Nullen, {7} NaN.</translation>
    </message>
    <message>
      <source>Of the last batch seen, with initial weights: {0} {1}, from {2} to {3}, mean {4}, std {5}, {6} zeros, {7} NaN.</source>
      <translation>Aus dem zuletzt gesehenen Batch, mit Anfangsgewichten: {0} {1}, von {2} bis {3}, Mittel {4}, Std. {5}, {6} Nullen, {7} NaN.</translation>
    </message>
    <message>
      <source>Probed after step {0}: {1}.</source>
      <translation>Nach Schritt {0} gemessen: {1}.</translation>
    </message>
    <message>
      <source>This run doesn't look at its values. To see them, select the wire and put a probe on it{0}.</source>
      <translation>Dieser Lauf schaut nicht auf ihre Werte. Um sie zu sehen, die Leitung wählen und eine Sonde an sie setzen{0}.</translation>
    </message>
    <message>
      <source>anything</source>
      <translation>Beliebiges</translation>
    </message>
    <message>
      <source>booleans or decimal numbers</source>
      <translation>Wahrheitswerte oder Dezimalzahlen</translation>
    </message>
    <message>
      <source>decimal numbers</source>
      <translation>Dezimalzahlen</translation>
    </message>
    <message>
      <source>error: {}</source>
      <translation>Fehler: {}</translation>
    </message>
    <message>
      <source>feeds nothing</source>
      <translation>speist nichts</translation>
    </message>
    <message>
      <source>feeds {}</source>
      <translation>speist {}</translation>
    </message>
    <message>
      <source>info: {}</source>
      <translation>Info: {}</translation>
    </message>
    <message>
      <source>integers</source>
      <translation>ganze Zahlen</translation>
    </message>
    <message>
      <source>one number</source>
      <translation>eine Zahl</translation>
    </message>
    <message>
      <source>warning: {}</source>
      <translation>Warnung: {}</translation>
    </message>
    <message>
      <source>{} parameters</source>
      <translation>{} Parameter</translation>
    </message>
    <message>
      <source>“{0}.{1}” doesn't fit: it takes {2}, and “{3}” gives {4}.</source>
      <translation>„{0}.{1}“ passt nicht: Erwartet wird {2}, „{3}“ liefert {4}.</translation>
    </message>
    <message>
      <source>“{0}” is not to blame: what comes into it is not known because of “{1}”.</source>
      <translation>„{0}“ trifft keine Schuld: Was hineinkommt, ist wegen „{1}“ nicht bekannt.</translation>
    </message>
    <message>
      <source>“{}” has no inputs.</source>
      <translation>„{}“ hat keine Eingänge.</translation>
    </message>
    <message>
      <source>“{}” has no outputs.</source>
      <translation>„{}“ hat keine Ausgänge.</translation>
    </message>
  </context>
  <context>
    <name>clipboard</name>
    <message>
      <source>Select nodes, copy them, then paste.</source>
      <translation>Knoten auswählen, kopieren, dann einfügen.</translation>
    </message>
    <message>
      <source>What is on the clipboard is not a part of a drawing.</source>
      <translation>Die Zwischenablage enthält keinen Teil einer Zeichnung.</translation>
    </message>
  </context>
  <context>
    <name>commands</name>
    <message>
      <source>A sticky note on the canvas, for words of your own.</source>
      <translation>Ein Notizzettel auf der Zeichenfläche, für eigene Worte.</translation>
    </message>
    <message>
      <source>A titled frame around the selection; moving it moves what lies in it.</source>
      <translation>Ein Rahmen mit Titel um die Auswahl; wird er bewegt, bewegt sich sein Inhalt mit.</translation>
    </message>
    <message>
      <source>About Netwright</source>
      <translation>Über Netwright</translation>
    </message>
    <message>
      <source>Actual size</source>
      <translation>Originalgröße</translation>
    </message>
    <message>
      <source>Add a layer…</source>
      <translation>Schicht hinzufügen…</translation>
    </message>
    <message>
      <source>Add a note…</source>
      <translation>Notiz hinzufügen…</translation>
    </message>
    <message>
      <source>Align bottom</source>
      <translation>Unten ausrichten</translation>
    </message>
    <message>
      <source>Align centers in a column</source>
      <translation>Mitten in einer Spalte ausrichten</translation>
    </message>
    <message>
      <source>Align centers in a row</source>
      <translation>Mitten in einer Zeile ausrichten</translation>
    </message>
    <message>
      <source>Align left</source>
      <translation>Links ausrichten</translation>
    </message>
    <message>
      <source>Align right</source>
      <translation>Rechts ausrichten</translation>
    </message>
    <message>
      <source>Align top</source>
      <translation>Oben ausrichten</translation>
    </message>
    <message>
      <source>Alignment guides</source>
      <translation>Hilfslinien</translation>
    </message>
    <message>
      <source>An empty project in a window of its own, beside this one.</source>
      <translation>Ein leeres Projekt in einem eigenen Fenster, neben diesem.</translation>
    </message>
    <message>
      <source>Another learning rate, schedule, limit or number of epochs from the next step.</source>
      <translation>Andere Lernrate, anderer Verlauf, andere Grenze oder Zahl der Epochen ab dem nächsten Schritt.</translation>
    </message>
    <message>
      <source>Arrows choose where it goes, Enter ends it. Of a selected wire an end is moved.</source>
      <translation>Pfeile wählen, wohin sie führt, Enter beendet sie. Von einer ausgewählten Leitung wird ein Ende versetzt.</translation>
    </message>
    <message>
      <source>Backward</source>
      <translation>Rückwärts</translation>
    </message>
    <message>
      <source>Backward from selected node</source>
      <translation>Rückwärts ab dem gewählten Knoten</translation>
    </message>
    <message>
      <source>Bring the far end of the selected wire into view. A click on a stub does too.</source>
      <translation>Das ferne Ende der gewählten Leitung ins Bild holen. Ein Klick auf einen Stummel tut das auch.</translation>
    </message>
    <message>
      <source>Bring the panel at the next tab to the front.</source>
      <translation>Den Bereich des nächsten Tabs nach vorne holen.</translation>
    </message>
    <message>
      <source>By name, kind, shape or problem, inside blocks too.</source>
      <translation>Nach Name, Art, Form oder Problem, auch in Blöcken.</translation>
    </message>
    <message>
      <source>Bypass</source>
      <translation>Umgehen</translation>
    </message>
    <message>
      <source>Change options</source>
      <translation>Optionen ändern</translation>
    </message>
    <message>
      <source>Change the first two inputs over.</source>
      <translation>Die ersten beiden Eingänge vertauschen.</translation>
    </message>
    <message>
      <source>Change while it runs…</source>
      <translation>Während des Laufs ändern…</translation>
    </message>
    <message>
      <source>Climb out by one level. Escape does too.</source>
      <translation>Eine Ebene nach oben. Escape geht auch.</translation>
    </message>
    <message>
      <source>Close every window, after asking once about all that is unsaved.</source>
      <translation>Alle Fenster schließen, nach einer einzigen Frage zu allem Ungespeicherten.</translation>
    </message>
    <message>
      <source>Close window</source>
      <translation>Fenster schließen</translation>
    </message>
    <message>
      <source>Colour-blind safe colours</source>
      <translation>Farben für Farbenblinde</translation>
    </message>
    <message>
      <source>Command palette…</source>
      <translation>Befehlspalette…</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>Kopieren</translation>
    </message>
    <message>
      <source>Cut</source>
      <translation>Ausschneiden</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>Dunkel</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>Löschen</translation>
    </message>
    <message>
      <source>Delete without joining</source>
      <translation>Löschen, ohne zu verbinden</translation>
    </message>
    <message>
      <source>Distribute across</source>
      <translation>Waagerecht verteilen</translation>
    </message>
    <message>
      <source>Distribute down</source>
      <translation>Senkrecht verteilen</translation>
    </message>
    <message>
      <source>Documentation</source>
      <translation>Dokumentation</translation>
    </message>
    <message>
      <source>Draw a wire</source>
      <translation>Leitung ziehen</translation>
    </message>
    <message>
      <source>Draw only its ends, each with the name of what it leads to.</source>
      <translation>Nur die Enden zeichnen, jedes mit dem Namen dessen, wohin es führt.</translation>
    </message>
    <message>
      <source>Drawing and curves alone on the whole screen, large; Escape leaves it.</source>
      <translation>Nur Zeichnung und Kurven, groß auf dem ganzen Bildschirm; Escape verlässt das.</translation>
    </message>
    <message>
      <source>Duplicate</source>
      <translation>Verdoppeln</translation>
    </message>
    <message>
      <source>Duplicate a run with a change…</source>
      <translation>Lauf mit einer Änderung verdoppeln…</translation>
    </message>
    <message>
      <source>Edit title or text</source>
      <translation>Titel oder Text bearbeiten</translation>
    </message>
    <message>
      <source>End the run after this step and keep its weights.</source>
      <translation>Den Lauf nach diesem Schritt beenden und seine Gewichte behalten.</translation>
    </message>
    <message>
      <source>End the run when the epoch is over. Once more, and it goes on after all.</source>
      <translation>Den Lauf beenden, wenn die Epoche zu Ende ist. Noch einmal, und er geht doch weiter.</translation>
    </message>
    <message>
      <source>Enter block</source>
      <translation>Block betreten</translation>
    </message>
    <message>
      <source>Enter block or open</source>
      <translation>Block betreten oder öffnen</translation>
    </message>
    <message>
      <source>Evaluate once</source>
      <translation>Einmal auswerten</translation>
    </message>
    <message>
      <source>Export TorchScript…</source>
      <translation>TorchScript exportieren…</translation>
    </message>
    <message>
      <source>Export code…</source>
      <translation>Code exportieren…</translation>
    </message>
    <message>
      <source>Export drawing…</source>
      <translation>Zeichnung exportieren…</translation>
    </message>
    <message>
      <source>Families and states in colours that everybody tells apart.</source>
      <translation>Familien und Zustände in Farben, die alle unterscheiden können.</translation>
    </message>
    <message>
      <source>Find a node…</source>
      <translation>Knoten suchen…</translation>
    </message>
    <message>
      <source>Find the largest batch that fits</source>
      <translation>Den größten Batch finden, der passt</translation>
    </message>
    <message>
      <source>Fit frame to what lies in it</source>
      <translation>Rahmen an Inhalt anpassen</translation>
    </message>
    <message>
      <source>Fold repeats</source>
      <translation>Wiederholungen falten</translation>
    </message>
    <message>
      <source>Follow the system</source>
      <translation>Dem System folgen</translation>
    </message>
    <message>
      <source>Frame all</source>
      <translation>Alles zeigen</translation>
    </message>
    <message>
      <source>Frame or note lower</source>
      <translation>Rahmen oder Notiz niedriger</translation>
    </message>
    <message>
      <source>Frame or note narrower</source>
      <translation>Rahmen oder Notiz schmaler</translation>
    </message>
    <message>
      <source>Frame or note taller</source>
      <translation>Rahmen oder Notiz höher</translation>
    </message>
    <message>
      <source>Frame or note wider</source>
      <translation>Rahmen oder Notiz breiter</translation>
    </message>
    <message>
      <source>Frame selection</source>
      <translation>Auswahl zeigen</translation>
    </message>
    <message>
      <source>Freeze weights</source>
      <translation>Gewichte einfrieren</translation>
    </message>
    <message>
      <source>Give the block a definition of its own, so that others don't change with it.</source>
      <translation>Dem Block eine eigene Definition geben, damit sich andere nicht mit ändern.</translation>
    </message>
    <message>
      <source>Give the selected layers weights of their own again.</source>
      <translation>Den ausgewählten Schichten wieder eigene Gewichte geben.</translation>
    </message>
    <message>
      <source>Go to the drawing</source>
      <translation>Zur Zeichnung gehen</translation>
    </message>
    <message>
      <source>Go to the first option in the inspector. A double click on a node does too.</source>
      <translation>Zur ersten Option im Inspektor gehen. Ein Doppelklick auf einen Knoten geht auch.</translation>
    </message>
    <message>
      <source>Go to the next node with a problem, also inside blocks, and show the message.</source>
      <translation>Zum nächsten Knoten mit einem Problem gehen, auch in Blöcken, und die Meldung zeigen.</translation>
    </message>
    <message>
      <source>Hold the run, its state in main memory, so that others can use the GPU.</source>
      <translation>Den Lauf anhalten, den Zustand im Hauptspeicher, damit andere die GPU nutzen können.</translation>
    </message>
    <message>
      <source>Its histograms, numbers and pictures. A click on the probe does too.</source>
      <translation>Ihre Histogramme, Zahlen und Bilder. Ein Klick auf die Sonde geht auch.</translation>
    </message>
    <message>
      <source>Join what feeds the selected nodes to what they feed. Shaking them does too.</source>
      <translation>Was die ausgewählten Knoten speist, mit ihren Nachfolgern verbinden. Schütteln geht auch.</translation>
    </message>
    <message>
      <source>Keep the block for all your projects; the palette shows it.</source>
      <translation>Den Block für alle Projekte behalten; die Palette zeigt ihn.</translation>
    </message>
    <message>
      <source>Keep these weights as they are while training.</source>
      <translation>Diese Gewichte beim Training unverändert lassen.</translation>
    </message>
    <message>
      <source>Keyboard shortcuts</source>
      <translation>Tastenkürzel</translation>
    </message>
    <message>
      <source>Lay out the nodes in rows.</source>
      <translation>Die Knoten in Reihen anordnen.</translation>
    </message>
    <message>
      <source>Lay out the selected nodes where they are.</source>
      <translation>Die ausgewählten Knoten an Ort und Stelle anordnen.</translation>
    </message>
    <message>
      <source>Lay out the selected nodes, or all, from top to bottom in columns.</source>
      <translation>Die gewählten Knoten, oder alle, von oben nach unten in Spalten anordnen.</translation>
    </message>
    <message>
      <source>Lead the wire by a dot, and move that with Ctrl and arrows. A double click too.</source>
      <translation>Die Leitung über einen Punkt führen und ihn mit Ctrl und Pfeiltasten bewegen. Ein Doppelklick geht auch.</translation>
    </message>
    <message>
      <source>Leave block</source>
      <translation>Block verlassen</translation>
    </message>
    <message>
      <source>Let the selected layers use the weights of the one that was made first.</source>
      <translation>Die ausgewählten Schichten die Gewichte der zuerst erstellten nutzen lassen.</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>Hell</translation>
    </message>
    <message>
      <source>Long field wires as stubs</source>
      <translation>Lange Feldleitungen als Stummel</translation>
    </message>
    <message>
      <source>Make a block</source>
      <translation>Block bilden</translation>
    </message>
    <message>
      <source>Make block unique</source>
      <translation>Block eigenständig machen</translation>
    </message>
    <message>
      <source>Make the block what it is among your blocks, wherever this project uses it.</source>
      <translation>Den Block überall in diesem Projekt auf den Stand aus den eigenen Blöcken bringen.</translation>
    </message>
    <message>
      <source>Make the gaps between the selected nodes equal, from left to right.</source>
      <translation>Die Abstände zwischen den ausgewählten Knoten von links nach rechts gleich machen.</translation>
    </message>
    <message>
      <source>Make the gaps between the selected nodes equal, from top to bottom.</source>
      <translation>Die Abstände zwischen den ausgewählten Knoten von oben nach unten gleich machen.</translation>
    </message>
    <message>
      <source>Make what is drawn several times in a row one block that is repeated.</source>
      <translation>Was mehrmals hintereinander gezeichnet ist, zu einem Block machen, der sich wiederholt.</translation>
    </message>
    <message>
      <source>Measure now</source>
      <translation>Jetzt messen</translation>
    </message>
    <message>
      <source>Measure the samples held back at once; the run goes on as if it had not been.</source>
      <translation>Sofort auf den zurückgehaltenen Samples messen; der Lauf geht weiter, als wäre nichts gewesen.</translation>
    </message>
    <message>
      <source>Minimap</source>
      <translation>Übersichtskarte</translation>
    </message>
    <message>
      <source>Mute</source>
      <translation>Stummschalten</translation>
    </message>
    <message>
      <source>New</source>
      <translation>Neu</translation>
    </message>
    <message>
      <source>New from template…</source>
      <translation>Neu aus Vorlage…</translation>
    </message>
    <message>
      <source>New window</source>
      <translation>Neues Fenster</translation>
    </message>
    <message>
      <source>Next colour of note</source>
      <translation>Nächste Notizfarbe</translation>
    </message>
    <message>
      <source>Next frame or note</source>
      <translation>Nächster Rahmen oder nächste Notiz</translation>
    </message>
    <message>
      <source>Next pane</source>
      <translation>Nächster Fensterteil</translation>
    </message>
    <message>
      <source>Next panel behind</source>
      <translation>Nächster Bereich dahinter</translation>
    </message>
    <message>
      <source>Next problem</source>
      <translation>Nächstes Problem</translation>
    </message>
    <message>
      <source>Next turn</source>
      <translation>Nächster Durchgang</translation>
    </message>
    <message>
      <source>Next window</source>
      <translation>Nächstes Fenster</translation>
    </message>
    <message>
      <source>Next wire of the node</source>
      <translation>Nächste Leitung des Knotens</translation>
    </message>
    <message>
      <source>No overlay</source>
      <translation>Keine Überlagerung</translation>
    </message>
    <message>
      <source>Open a run…</source>
      <translation>Lauf öffnen…</translation>
    </message>
    <message>
      <source>Open or shut the probe</source>
      <translation>Sonde öffnen oder schließen</translation>
    </message>
    <message>
      <source>Open…</source>
      <translation>Öffnen…</translation>
    </message>
    <message>
      <source>Other end of the wire</source>
      <translation>Anderes Ende der Leitung</translation>
    </message>
    <message>
      <source>Pass the first input on unchanged, as if the node were not there.</source>
      <translation>Den ersten Eingang unverändert weitergeben, als gäbe es den Knoten nicht.</translation>
    </message>
    <message>
      <source>Paste</source>
      <translation>Einfügen</translation>
    </message>
    <message>
      <source>Paste options only</source>
      <translation>Nur Optionen einfügen</translation>
    </message>
    <message>
      <source>Paste with outer wires</source>
      <translation>Mit äußeren Leitungen einfügen</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>Pause</translation>
    </message>
    <message>
      <source>Pause and free the GPU</source>
      <translation>Anhalten und GPU freigeben</translation>
    </message>
    <message>
      <source>Pin</source>
      <translation>Anheften</translation>
    </message>
    <message>
      <source>Preferences…</source>
      <translation>Einstellungen…</translation>
    </message>
    <message>
      <source>Presentation mode</source>
      <translation>Präsentationsmodus</translation>
    </message>
    <message>
      <source>Previous pane</source>
      <translation>Voriger Fensterteil</translation>
    </message>
    <message>
      <source>Previous panel behind</source>
      <translation>Voriger Bereich dahinter</translation>
    </message>
    <message>
      <source>Previous problem</source>
      <translation>Voriges Problem</translation>
    </message>
    <message>
      <source>Previous turn</source>
      <translation>Voriger Durchgang</translation>
    </message>
    <message>
      <source>Previous window</source>
      <translation>Voriges Fenster</translation>
    </message>
    <message>
      <source>Print…</source>
      <translation>Drucken…</translation>
    </message>
    <message>
      <source>Probe on the wire</source>
      <translation>Sonde an der Leitung</translation>
    </message>
    <message>
      <source>Problems explained</source>
      <translation>Probleme erklärt</translation>
    </message>
    <message>
      <source>Put a dot on the wire</source>
      <translation>Punkt auf die Leitung setzen</translation>
    </message>
    <message>
      <source>Put a frame around</source>
      <translation>Rahmen darum ziehen</translation>
    </message>
    <message>
      <source>Put in the queue</source>
      <translation>In die Warteschlange stellen</translation>
    </message>
    <message>
      <source>Put out zeros; the term of a loss doesn't count.</source>
      <translation>Nullen ausgeben; der Term eines Verlusts zählt nicht.</translation>
    </message>
    <message>
      <source>Put the selected nodes into a block, a class of its own in the code.</source>
      <translation>Die ausgewählten Knoten in einen Block legen, im Code eine eigene Klasse.</translation>
    </message>
    <message>
      <source>Put what is in the block in its place.</source>
      <translation>Den Block durch seinen Inhalt ersetzen.</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>Beenden</translation>
    </message>
    <message>
      <source>Redo</source>
      <translation>Wiederholen</translation>
    </message>
    <message>
      <source>Redo: {}</source>
      <translation>Wiederholen: {}</translation>
    </message>
    <message>
      <source>Rename</source>
      <translation>Umbenennen</translation>
    </message>
    <message>
      <source>Reset layout</source>
      <translation>Anordnung zurücksetzen</translation>
    </message>
    <message>
      <source>Restart with what fits</source>
      <translation>Neu beginnen mit dem, was passt</translation>
    </message>
    <message>
      <source>Resume</source>
      <translation>Fortsetzen</translation>
    </message>
    <message>
      <source>Run again</source>
      <translation>Noch einmal trainieren</translation>
    </message>
    <message>
      <source>Run the drawing once and show every value on its wire.</source>
      <translation>Die Zeichnung einmal ausführen und jeden Wert an seiner Leitung zeigen.</translation>
    </message>
    <message>
      <source>Runs that differ in their seed, one after the other, and their spread.</source>
      <translation>Läufe, die sich im Seed unterscheiden, nacheinander, und ihre Streuung.</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>Speichern</translation>
    </message>
    <message>
      <source>Save all that the run needs to go on, and go on.</source>
      <translation>Alles speichern, was der Lauf zum Weitergehen braucht, und weitermachen.</translation>
    </message>
    <message>
      <source>Save as…</source>
      <translation>Speichern unter…</translation>
    </message>
    <message>
      <source>Save state now</source>
      <translation>Zustand jetzt speichern</translation>
    </message>
    <message>
      <source>Save to my blocks</source>
      <translation>Unter eigene Blöcke speichern</translation>
    </message>
    <message>
      <source>Search every layer and put it on the canvas.</source>
      <translation>Jede Schicht suchen und auf die Zeichenfläche setzen.</translation>
    </message>
    <message>
      <source>Select all</source>
      <translation>Alles auswählen</translation>
    </message>
    <message>
      <source>Select the next frame or note and bring it into view.</source>
      <translation>Den nächsten Rahmen oder die nächste Notiz auswählen und ins Bild holen.</translation>
    </message>
    <message>
      <source>Select the wires at the selected node one after the other, and their dots.</source>
      <translation>Die Leitungen am ausgewählten Knoten und ihre Punkte nacheinander auswählen.</translation>
    </message>
    <message>
      <source>Select what lies in the frame</source>
      <translation>Inhalt des Rahmens auswählen</translation>
    </message>
    <message>
      <source>Share weights</source>
      <translation>Gewichte teilen</translation>
    </message>
    <message>
      <source>Show code</source>
      <translation>Code zeigen</translation>
    </message>
    <message>
      <source>Show log file</source>
      <translation>Protokolldatei zeigen</translation>
    </message>
    <message>
      <source>Show options</source>
      <translation>Optionen zeigen</translation>
    </message>
    <message>
      <source>Show outline</source>
      <translation>Aufbau zeigen</translation>
    </message>
    <message>
      <source>Show the derivative of the selected value by every other.</source>
      <translation>Die Ableitung des ausgewählten Werts nach jedem anderen zeigen.</translation>
    </message>
    <message>
      <source>Show the sizes in the next turn of the repeated block.</source>
      <translation>Die Größen im nächsten Durchgang des wiederholten Blocks zeigen.</translation>
    </message>
    <message>
      <source>Show the sizes in the previous turn of the repeated block.</source>
      <translation>Die Größen im vorigen Durchgang des wiederholten Blocks zeigen.</translation>
    </message>
    <message>
      <source>Show the whole drawing.</source>
      <translation>Die ganze Zeichnung zeigen.</translation>
    </message>
    <message>
      <source>Show what is in the block. A double click does too.</source>
      <translation>Den Inhalt des Blocks zeigen. Ein Doppelklick geht auch.</translation>
    </message>
    <message>
      <source>Show what is selected as large as it goes; all, where nothing is.</source>
      <translation>Die Auswahl so groß wie möglich zeigen; ohne Auswahl alles.</translation>
    </message>
    <message>
      <source>Show what is wrong</source>
      <translation>Zeigen, was nicht stimmt</translation>
    </message>
    <message>
      <source>Show wire as two stubs</source>
      <translation>Leitung als zwei Stummel zeigen</translation>
    </message>
    <message>
      <source>Speed trial…</source>
      <translation>Geschwindigkeitstest…</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>Stopp</translation>
    </message>
    <message>
      <source>Stop after this epoch</source>
      <translation>Nach dieser Epoche beenden</translation>
    </message>
    <message>
      <source>Swap inputs</source>
      <translation>Eingänge tauschen</translation>
    </message>
    <message>
      <source>Take off all probes</source>
      <translation>Alle Sonden abnehmen</translation>
    </message>
    <message>
      <source>Take off its wires</source>
      <translation>Leitungen lösen</translation>
    </message>
    <message>
      <source>The Python that this drawing is.</source>
      <translation>Der Python-Code, dem diese Zeichnung entspricht.</translation>
    </message>
    <message>
      <source>The cards show shape and parameters, as ever.</source>
      <translation>Die Karten zeigen Form und Parameter wie immer.</translation>
    </message>
    <message>
      <source>The curves of a run that lies elsewhere, such as one of another machine.</source>
      <translation>Die Kurven eines Laufs, der woanders liegt, etwa auf einem anderen Rechner entstanden.</translation>
    </message>
    <message>
      <source>The drawing as a tree, to walk, filter and select by keys.</source>
      <translation>Die Zeichnung als Baum, per Tastatur zu durchlaufen, zu filtern und auszuwählen.</translation>
    </message>
    <message>
      <source>The drawing that is shown on paper, after a preview; or as PDF.</source>
      <translation>Die gezeigte Zeichnung auf Papier, nach einer Vorschau; oder als PDF.</translation>
    </message>
    <message>
      <source>The keyboard goes back to the canvas, wherever it is.</source>
      <translation>Die Tastatur geht zurück zur Zeichenfläche, wo immer sie ist.</translation>
    </message>
    <message>
      <source>The keyboard goes on to the canvas, the panels in sight and the toolbar.</source>
      <translation>Die Tastatur geht weiter zu Zeichenfläche, sichtbaren Bereichen und Werkzeugleiste.</translation>
    </message>
    <message>
      <source>The message at the selected node, or at the one before it that is at fault, and buttons that mend it: Enter does.</source>
      <translation>Die Meldung am gewählten Knoten, oder an dem davor, der schuld ist, und Knöpfe, die es beheben: Eingabe tut es.</translation>
    </message>
    <message>
      <source>The selected nodes take the options of the copied one, as far as they fit.</source>
      <translation>Die ausgewählten Knoten übernehmen die Optionen des kopierten, soweit sie passen.</translation>
    </message>
    <message>
      <source>The window stays faster, and survives a run that runs out of memory.</source>
      <translation>Das Fenster bleibt schneller und übersteht es, wenn dem Lauf der Speicher ausgeht.</translation>
    </message>
    <message>
      <source>Tidy up</source>
      <translation>Aufräumen</translation>
    </message>
    <message>
      <source>Tidy up downwards</source>
      <translation>Nach unten aufräumen</translation>
    </message>
    <message>
      <source>Tidy up selection</source>
      <translation>Auswahl aufräumen</translation>
    </message>
    <message>
      <source>Tidying up leaves a pinned node where it is.</source>
      <translation>Aufräumen lässt einen angehefteten Knoten, wo er ist.</translation>
    </message>
    <message>
      <source>Train</source>
      <translation>Trainieren</translation>
    </message>
    <message>
      <source>Train a copy for a few steps on numbers at random, and say how fast that goes.</source>
      <translation>Eine Kopie einige Schritte mit Zufallszahlen trainieren und sagen, wie schnell das geht.</translation>
    </message>
    <message>
      <source>Train in a process of its own</source>
      <translation>In eigenem Prozess trainieren</translation>
    </message>
    <message>
      <source>Train several seeds…</source>
      <translation>Mehrere Seeds trainieren…</translation>
    </message>
    <message>
      <source>Train the drawing as it is now when the runs before it are over.</source>
      <translation>Die jetzige Zeichnung trainieren, wenn die Läufe davor zu Ende sind.</translation>
    </message>
    <message>
      <source>Train the drawing as it is now, with the weights of the run where they fit.</source>
      <translation>Die jetzige Zeichnung trainieren, mit den Gewichten des Laufs, wo sie passen.</translation>
    </message>
    <message>
      <source>Train the model as the plan says.</source>
      <translation>Das Modell nach dem Plan trainieren.</translation>
    </message>
    <message>
      <source>Train the project of the chosen run as it was, and say whether the weights are the same.</source>
      <translation>Das Projekt des gewählten Laufs trainieren, wie es war, und sagen, ob die Gewichte dieselben sind.</translation>
    </message>
    <message>
      <source>Train the project of the chosen run with another value of its plan.</source>
      <translation>Das Projekt des gewählten Laufs mit einem anderen Wert des Plans trainieren.</translation>
    </message>
    <message>
      <source>Try batches in a process of its own, and say which is the largest.</source>
      <translation>Batches in einem eigenen Prozess probieren und sagen, welcher der größte ist.</translation>
    </message>
    <message>
      <source>Type another name in the inspector; Escape comes back to the canvas.</source>
      <translation>Im Inspektor einen anderen Namen eingeben; Escape führt zurück zur Zeichenfläche.</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>Rückgängig</translation>
    </message>
    <message>
      <source>Undo: {}</source>
      <translation>Rückgängig: {}</translation>
    </message>
    <message>
      <source>Unpack block</source>
      <translation>Block auflösen</translation>
    </message>
    <message>
      <source>Unshare weights</source>
      <translation>Gewichte nicht mehr teilen</translation>
    </message>
    <message>
      <source>Update from my blocks</source>
      <translation>Aus eigenen Blöcken aktualisieren</translation>
    </message>
    <message>
      <source>What each problem means, and what to do about it.</source>
      <translation>Was jedes Problem bedeutet und was dagegen hilft.</translation>
    </message>
    <message>
      <source>What fed the copied nodes feeds the copies too.</source>
      <translation>Was die kopierten Knoten speist, speist auch die Kopien.</translation>
    </message>
    <message>
      <source>What fed the nodes does not feed their followers.</source>
      <translation>Was die Knoten speist, speist nicht ihre Nachfolger.</translation>
    </message>
    <message>
      <source>What you drag snaps to edges, middles and equal gaps; with Ctrl, freely.</source>
      <translation>Gezogenes rastet an Kanten, Mitten und gleichen Abständen ein; mit Ctrl frei.</translation>
    </message>
    <message>
      <source>While a run trains, look at the value and its gradient a few times a second.</source>
      <translation>Während ein Lauf trainiert, einige Male pro Sekunde den Wert und seinen Gradienten ansehen.</translation>
    </message>
    <message>
      <source>Wires from a Dataset that run far show at their ends only.</source>
      <translation>Leitungen aus einem Dataset, die weit laufen, zeigen sich nur an den Enden.</translation>
    </message>
    <message>
      <source>Write in the selected frame or note. A double click does too.</source>
      <translation>In den ausgewählten Rahmen oder die Notiz schreiben. Ein Doppelklick geht auch.</translation>
    </message>
    <message>
      <source>Write the Python code of the model to a file.</source>
      <translation>Den Python-Code des Modells in eine Datei schreiben.</translation>
    </message>
    <message>
      <source>Write the drawing, or what is selected, as PNG, SVG or PDF.</source>
      <translation>Die Zeichnung oder die Auswahl als PNG, SVG oder PDF schreiben.</translation>
    </message>
    <message>
      <source>Write the trained model to one file that runs without Netwright.</source>
      <translation>Das trainierte Modell in eine Datei schreiben, die ohne Netwright läuft.</translation>
    </message>
    <message>
      <source>Zoom in</source>
      <translation>Vergrößern</translation>
    </message>
    <message>
      <source>Zoom out</source>
      <translation>Verkleinern</translation>
    </message>
  </context>
  <context>
    <name>differences</name>
    <message>
      <source>Data</source>
      <translation>Daten</translation>
    </message>
    <message>
      <source>Drawing</source>
      <translation>Zeichnung</translation>
    </message>
    <message>
      <source>Environment</source>
      <translation>Umgebung</translation>
    </message>
    <message>
      <source>Plan</source>
      <translation>Plan</translation>
    </message>
  </context>
  <context>
    <name>export</name>
    <message>
      <source>accuracy {0}</source>
      <translation>Genauigkeit {0}</translation>
    </message>
    <message>
      <source>{0} epochs</source>
      <translation>{0} Epochen</translation>
    </message>
  </context>
  <context>
    <name>fields</name>
    <message>
      <source>Write decimals with a point: {0}.</source>
      <translation>Dezimalzahlen mit Punkt schreiben: {0}.</translation>
    </message>
    <message>
      <source>“{0}” comes to {1}, which is not allowed here.</source>
      <translation>„{0}“ ergibt {1}, was hier nicht erlaubt ist.</translation>
    </message>
    <message>
      <source>“{0}” is not a number.</source>
      <translation>„{0}“ ist keine Zahl.</translation>
    </message>
  </context>
  <context>
    <name>inspector</name>
    <message>
      <source>No data chosen yet. Open the data panel.</source>
      <translation>Noch keine Daten gewählt. Den Datenbereich öffnen.</translation>
    </message>
    <message>
      <source>{0} classes</source>
      <translation>{0} Klassen</translation>
    </message>
    <message>
      <source>{0} samples</source>
      <translation>{0} Samples</translation>
    </message>
  </context>
  <context>
    <name>line_buttons</name>
    <message>
      <source>Clear the text</source>
      <translation>Text löschen</translation>
    </message>
  </context>
  <context>
    <name>marks</name>
    <message>
      <source>bypassed: the first input passes on unchanged</source>
      <translation>umgangen: der erste Eingang wird unverändert weitergegeben</translation>
    </message>
    <message>
      <source>frozen: its weights stay as they are</source>
      <translation>eingefroren: die Gewichte bleiben, wie sie sind</translation>
    </message>
    <message>
      <source>muted: zeros come out, a term doesn't count</source>
      <translation>stumm: Nullen kommen heraus, ein Term zählt nicht</translation>
    </message>
    <message>
      <source>paused</source>
      <translation>angehalten</translation>
    </message>
    <message>
      <source>pinned: tidying up leaves it where it is</source>
      <translation>angeheftet: Aufräumen lässt ihn, wo er ist</translation>
    </message>
    <message>
      <source>tied: {}</source>
      <translation>gebunden: {}</translation>
    </message>
    <message>
      <source>uses the weights of {}</source>
      <translation>nutzt die Gewichte von {}</translation>
    </message>
    <message>
      <source>went on</source>
      <translation>ging weiter</translation>
    </message>
    <message>
      <source>{0} of the device freed</source>
      <translation>{0} des Geräts freigegeben</translation>
    </message>
    <message>
      <source>{} times, one after the other</source>
      <translation>{}-mal nacheinander</translation>
    </message>
  </context>
  <context>
    <name>menus</name>
    <message>
      <source>&amp;Edit</source>
      <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
      <source>&amp;File</source>
      <translation>&amp;Datei</translation>
    </message>
    <message>
      <source>&amp;Graph</source>
      <translation>&amp;Graph</translation>
    </message>
    <message>
      <source>&amp;Help</source>
      <translation>&amp;Hilfe</translation>
    </message>
    <message>
      <source>&amp;Train</source>
      <translation>&amp;Training</translation>
    </message>
    <message>
      <source>&amp;View</source>
      <translation>&amp;Ansicht</translation>
    </message>
    <message>
      <source>&amp;Window</source>
      <translation>&amp;Fenster</translation>
    </message>
    <message>
      <source>Align</source>
      <translation>Ausrichten</translation>
    </message>
    <message>
      <source>Bar during a run</source>
      <translation>Balken während eines Laufs</translation>
    </message>
    <message>
      <source>Blue</source>
      <translation>Blau</translation>
    </message>
    <message>
      <source>Device</source>
      <translation>Gerät</translation>
    </message>
    <message>
      <source>Export</source>
      <translation>Exportieren</translation>
    </message>
    <message>
      <source>Forget these</source>
      <translation>Liste leeren</translation>
    </message>
    <message>
      <source>Frames and notes</source>
      <translation>Rahmen und Notizen</translation>
    </message>
    <message>
      <source>Green</source>
      <translation>Grün</translation>
    </message>
    <message>
      <source>Grey</source>
      <translation>Grau</translation>
    </message>
    <message>
      <source>Menus</source>
      <translation>Menüs</translation>
    </message>
    <message>
      <source>No recent files</source>
      <translation>Keine zuletzt geöffneten Dateien</translation>
    </message>
    <message>
      <source>Not saved to a file yet</source>
      <translation>Noch nicht in einer Datei gespeichert</translation>
    </message>
    <message>
      <source>Open recent</source>
      <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
      <source>Overlay</source>
      <translation>Überlagerung</translation>
    </message>
    <message>
      <source>Panels</source>
      <translation>Bereiche</translation>
    </message>
    <message>
      <source>Pink</source>
      <translation>Rosa</translation>
    </message>
    <message>
      <source>Probes</source>
      <translation>Sonden</translation>
    </message>
    <message>
      <source>Red</source>
      <translation>Rot</translation>
    </message>
    <message>
      <source>Teal</source>
      <translation>Petrol</translation>
    </message>
    <message>
      <source>Theme</source>
      <translation>Farbschema</translation>
    </message>
    <message>
      <source>Violet</source>
      <translation>Violett</translation>
    </message>
    <message>
      <source>Weights</source>
      <translation>Gewichte</translation>
    </message>
    <message>
      <source>Wires</source>
      <translation>Leitungen</translation>
    </message>
    <message>
      <source>Yellow</source>
      <translation>Gelb</translation>
    </message>
    <message>
      <source>{} (edited)</source>
      <translation>{} (geändert)</translation>
    </message>
  </context>
  <context>
    <name>opening_runs</name>
    <message>
      <source>Open the folder of a run</source>
      <translation>Den Ordner eines Laufs öffnen</translation>
    </message>
  </context>
  <context>
    <name>overlays</name>
    <message>
      <source>FLOPs of one sample, forward</source>
      <translation>FLOPs eines Samples, vorwärts</translation>
    </message>
    <message>
      <source>Gradient at each output (RMS)</source>
      <translation>Gradient an jedem Ausgang (RMS)</translation>
    </message>
    <message>
      <source>Memory of the outputs for one sample</source>
      <translation>Speicher der Ausgänge für ein Sample</translation>
    </message>
    <message>
      <source>Parameters</source>
      <translation>Parameter</translation>
    </message>
    <message>
      <source>Shape of what each node puts out</source>
      <translation>Form dessen, was jeder Knoten ausgibt</translation>
    </message>
    <message>
      <source>Time of a forward pass</source>
      <translation>Zeit eines Vorwärtslaufs</translation>
    </message>
    <message>
      <source>bars by powers of ten</source>
      <translation>Balken nach Zehnerpotenzen</translation>
    </message>
    <message>
      <source>batch of {0} at random on {1}</source>
      <translation>Batch von {0} aus Zufallszahlen auf {1}</translation>
    </message>
    <message>
      <source>batch of {0} on {1}</source>
      <translation>Batch von {0} auf {1}</translation>
    </message>
    <message>
      <source>from {0} to {1}</source>
      <translation>von {0} bis {1}</translation>
    </message>
    <message>
      <source>{} in all</source>
      <translation>{} insgesamt</translation>
    </message>
    <message>
      <source>{} numbers</source>
      <translation>{} Zahlen</translation>
    </message>
    <message>
      <source>{} parameters</source>
      <translation>{} Parameter</translation>
    </message>
  </context>
  <context>
    <name>palette</name>
    <message>
      <source>Activation</source>
      <translation>Aktivierung</translation>
    </message>
    <message>
      <source>Blocks of this project</source>
      <translation>Blöcke dieses Projekts</translation>
    </message>
    <message>
      <source>Convolution</source>
      <translation>Faltung</translation>
    </message>
    <message>
      <source>Data</source>
      <translation>Daten</translation>
    </message>
    <message>
      <source>Dropout</source>
      <translation>Dropout</translation>
    </message>
    <message>
      <source>Linear</source>
      <translation>Linear</translation>
    </message>
    <message>
      <source>Loss</source>
      <translation>Verlust</translation>
    </message>
    <message>
      <source>Math</source>
      <translation>Mathematik</translation>
    </message>
    <message>
      <source>Merge</source>
      <translation>Zusammenführen</translation>
    </message>
    <message>
      <source>My blocks</source>
      <translation>Eigene Blöcke</translation>
    </message>
    <message>
      <source>Normalization</source>
      <translation>Normalisierung</translation>
    </message>
    <message>
      <source>Pooling</source>
      <translation>Pooling</translation>
    </message>
    <message>
      <source>Sequence</source>
      <translation>Sequenz</translation>
    </message>
    <message>
      <source>Shape</source>
      <translation>Form</translation>
    </message>
  </context>
  <context>
    <name>panels</name>
    <message>
      <source>Code</source>
      <translation>Code</translation>
    </message>
    <message>
      <source>Curves</source>
      <translation>Kurven</translation>
    </message>
    <message>
      <source>Data</source>
      <translation>Daten</translation>
    </message>
    <message>
      <source>History</source>
      <translation>Verlauf</translation>
    </message>
    <message>
      <source>Inspector</source>
      <translation>Inspektor</translation>
    </message>
    <message>
      <source>Layers</source>
      <translation>Schichten</translation>
    </message>
    <message>
      <source>Outline</source>
      <translation>Aufbau</translation>
    </message>
    <message>
      <source>Problems</source>
      <translation>Probleme</translation>
    </message>
    <message>
      <source>Results</source>
      <translation>Ergebnisse</translation>
    </message>
    <message>
      <source>Runs</source>
      <translation>Läufe</translation>
    </message>
    <message>
      <source>Summary</source>
      <translation>Übersicht</translation>
    </message>
    <message>
      <source>Training</source>
      <translation>Training</translation>
    </message>
    <message>
      <source>Try it</source>
      <translation>Ausprobieren</translation>
    </message>
  </context>
  <context>
    <name>picture</name>
    <message>
      <source>A drawing can't be written as “{}”.</source>
      <translation>Eine Zeichnung lässt sich nicht als „{}“ schreiben.</translation>
    </message>
    <message>
      <source>Check that the folder exists and can be written to.</source>
      <translation>Prüfen, ob der Ordner existiert und beschreibbar ist.</translation>
    </message>
    <message>
      <source>Let the name end with .png, .svg or .pdf.</source>
      <translation>Der Name muss auf .png, .svg oder .pdf enden.</translation>
    </message>
    <message>
      <source>Take a smaller scale, or SVG or PDF.</source>
      <translation>Einen kleineren Maßstab nehmen, oder SVG oder PDF.</translation>
    </message>
    <message>
      <source>The picture could not be written to “{}”: {}.</source>
      <translation>Das Bild konnte nicht in „{}“ geschrieben werden: {}.</translation>
    </message>
    <message>
      <source>The picture would be {} × {} pixels.</source>
      <translation>Das Bild hätte {} × {} Pixel.</translation>
    </message>
  </context>
  <context>
    <name>probes</name>
    <message>
      <source>No gradient comes here.</source>
      <translation>Hierher kommt kein Gradient.</translation>
    </message>
    <message>
      <source>Waits for a run.</source>
      <translation>Wartet auf einen Lauf.</translation>
    </message>
    <message>
      <source>mean {0}, spread {1}, {2} zeros, {3} dead</source>
      <translation>Mittel {0}, Streuung {1}, {2} Nullen, {3} tot</translation>
    </message>
    <message>
      <source>mean {0}, spread {1}, {2} zeros, {3} dead, {4} NaN</source>
      <translation>Mittel {0}, Streuung {1}, {2} Nullen, {3} tot, {4} NaN</translation>
    </message>
    <message>
      <source>{0} zeros · {1} dead</source>
      <translation>{0} Nullen · {1} tot</translation>
    </message>
  </context>
  <context>
    <name>problems</name>
    <message>
      <source>Error</source>
      <translation>Fehler</translation>
    </message>
    <message>
      <source>Fix</source>
      <translation>Beheben</translation>
    </message>
    <message>
      <source>Info</source>
      <translation>Info</translation>
    </message>
    <message>
      <source>Learn more</source>
      <translation>Mehr erfahren</translation>
    </message>
    <message>
      <source>Say this no more at this node; the inspector and the list of problems can undo it.</source>
      <translation>An diesem Knoten nicht mehr melden; Inspektor und Problemliste können das rückgängig machen.</translation>
    </message>
    <message>
      <source>Silence here</source>
      <translation>Hier nicht mehr melden</translation>
    </message>
    <message>
      <source>Silence {0} at {1}</source>
      <translation>{0} an {1} nicht mehr melden</translation>
    </message>
    <message>
      <source>Tell {0} at {1} again</source>
      <translation>{0} bei {1} wieder melden</translation>
    </message>
    <message>
      <source>Warning</source>
      <translation>Warnung</translation>
    </message>
    <message>
      <source>What it means, why it matters and what to do about it.</source>
      <translation>Was es bedeutet, warum es wichtig ist und was dagegen hilft.</translation>
    </message>
  </context>
  <context>
    <name>quantities</name>
    <message>
      <source>Gradient norm</source>
      <translation>Gradientennorm</translation>
    </message>
    <message>
      <source>Learning rate</source>
      <translation>Lernrate</translation>
    </message>
    <message>
      <source>Memory</source>
      <translation>Speicher</translation>
    </message>
    <message>
      <source>Memory of the process</source>
      <translation>Speicher des Prozesses</translation>
    </message>
    <message>
      <source>Processor</source>
      <translation>Prozessor</translation>
    </message>
    <message>
      <source>Samples per second</source>
      <translation>Samples pro Sekunde</translation>
    </message>
    <message>
      <source>Update ratio</source>
      <translation>Änderungsanteil</translation>
    </message>
    <message>
      <source>Utilization</source>
      <translation>Auslastung</translation>
    </message>
  </context>
  <context>
    <name>reasons</name>
    <message>
      <source>A run is under way, which would make the figures wrong.</source>
      <translation>Ein Training läuft, das würde die Zahlen verfälschen.</translation>
    </message>
    <message>
      <source>A run is under way.</source>
      <translation>Ein Lauf ist im Gange.</translation>
    </message>
    <message>
      <source>A speed trial is under way.</source>
      <translation>Ein Tempotest läuft.</translation>
    </message>
    <message>
      <source>An export is under way.</source>
      <translation>Ein Export läuft.</translation>
    </message>
    <message>
      <source>Another window trains, and evaluating here would change its run.</source>
      <translation>Ein anderes Fenster trainiert, und Auswerten hier würde dessen Lauf verändern.</translation>
    </message>
    <message>
      <source>Batches are being tried.</source>
      <translation>Batches werden gerade probiert.</translation>
    </message>
    <message>
      <source>Choose a run in the Runs panel, or train one.</source>
      <translation>Einen Lauf unter „Läufe“ wählen oder einen trainieren.</translation>
    </message>
    <message>
      <source>Everything is saved.</source>
      <translation>Alles ist gespeichert.</translation>
    </message>
    <message>
      <source>It is unique already: no other block shares its definition.</source>
      <translation>Er ist schon eigenständig: Kein anderer Block teilt seine Definition.</translation>
    </message>
    <message>
      <source>It uses nobody else's weights.</source>
      <translation>Es nutzt keine fremden Gewichte.</translation>
    </message>
    <message>
      <source>No panel stands behind another one.</source>
      <translation>Kein Bereich liegt hinter einem anderen.</translation>
    </message>
    <message>
      <source>No repeated block is shown.</source>
      <translation>Kein wiederholter Block wird gezeigt.</translation>
    </message>
    <message>
      <source>No run is under way.</source>
      <translation>Kein Training läuft.</translation>
    </message>
    <message>
      <source>No wire leads from here to other nodes.</source>
      <translation>Von hier führt keine Leitung zu anderen Knoten.</translation>
    </message>
    <message>
      <source>Nothing is wrong with any node.</source>
      <translation>Alle Knoten sind in Ordnung.</translation>
    </message>
    <message>
      <source>Nothing is wrong with this node.</source>
      <translation>Mit diesem Knoten ist alles in Ordnung.</translation>
    </message>
    <message>
      <source>Nothing was changed yet.</source>
      <translation>Noch wurde nichts geändert.</translation>
    </message>
    <message>
      <source>Nothing was trained in this window yet.</source>
      <translation>In diesem Fenster wurde noch nichts trainiert.</translation>
    </message>
    <message>
      <source>Nothing was undone.</source>
      <translation>Es wurde nichts rückgängig gemacht.</translation>
    </message>
    <message>
      <source>Select a frame or a note first.</source>
      <translation>Zuerst einen Rahmen oder eine Notiz auswählen.</translation>
    </message>
    <message>
      <source>Select a node first.</source>
      <translation>Zuerst einen Knoten auswählen.</translation>
    </message>
    <message>
      <source>Select a node or a wire first.</source>
      <translation>Zuerst einen Knoten oder eine Leitung auswählen.</translation>
    </message>
    <message>
      <source>Select a node that has wires first.</source>
      <translation>Zuerst einen Knoten mit Leitungen auswählen.</translation>
    </message>
    <message>
      <source>Select a node, a frame or a note first.</source>
      <translation>Zuerst einen Knoten, einen Rahmen oder eine Notiz auswählen.</translation>
    </message>
    <message>
      <source>Select a wire first.</source>
      <translation>Zuerst eine Leitung auswählen.</translation>
    </message>
    <message>
      <source>Select a wire with a probe first.</source>
      <translation>Zuerst eine Leitung mit einer Sonde wählen.</translation>
    </message>
    <message>
      <source>Select one block first.</source>
      <translation>Zuerst einen einzelnen Block auswählen.</translation>
    </message>
    <message>
      <source>Select one node, frame or note first.</source>
      <translation>Zuerst genau einen Knoten, einen Rahmen oder eine Notiz auswählen.</translation>
    </message>
    <message>
      <source>Select one node.</source>
      <translation>Einen Knoten auswählen.</translation>
    </message>
    <message>
      <source>Select the node whose value shall be differentiated, such as the loss.</source>
      <translation>Den Knoten auswählen, dessen Wert abgeleitet werden soll, etwa den Verlust.</translation>
    </message>
    <message>
      <source>Select two or more nodes first.</source>
      <translation>Zuerst zwei oder mehr Knoten auswählen.</translation>
    </message>
    <message>
      <source>The canvas is empty. Drag a layer onto it from the palette.</source>
      <translation>Die Zeichenfläche ist leer. Eine Schicht aus der Palette darauf ziehen.</translation>
    </message>
    <message>
      <source>The clipboard holds no nodes.</source>
      <translation>Die Zwischenablage enthält keine Knoten.</translation>
    </message>
    <message>
      <source>The code is being written.</source>
      <translation>Der Code wird geschrieben.</translation>
    </message>
    <message>
      <source>The drawing is being checked.</source>
      <translation>Die Zeichnung wird geprüft.</translation>
    </message>
    <message>
      <source>The run computes on the CPU: there is no memory of a GPU to free.</source>
      <translation>Der Lauf rechnet auf der CPU: Es gibt keinen GPU-Speicher freizugeben.</translation>
    </message>
    <message>
      <source>The run has lost its project, so that its plan is not known.</source>
      <translation>Der Lauf hat sein Projekt verloren, sein Plan ist daher nicht bekannt.</translation>
    </message>
    <message>
      <source>The run is ending: it saves its state.</source>
      <translation>Der Lauf endet gerade: Er speichert seinen Zustand.</translation>
    </message>
    <message>
      <source>The run is starting or ending, or another program's.</source>
      <translation>Der Lauf beginnt oder endet gerade oder gehört einem anderen Programm.</translation>
    </message>
    <message>
      <source>The run is starting or ending.</source>
      <translation>Der Lauf startet oder endet gerade.</translation>
    </message>
    <message>
      <source>There is no frame and no note here.</source>
      <translation>Hier gibt es weder Rahmen noch Notiz.</translation>
    </message>
    <message>
      <source>There is no loss to train by. Wire an output into a loss, e.g. CrossEntropyLoss.</source>
      <translation>Kein Verlust, nach dem trainiert werden kann. Einen Ausgang mit einem Verlust verbinden, z. B. CrossEntropyLoss.</translation>
    </message>
    <message>
      <source>There is no model to export: no value reaches an Output or a loss.</source>
      <translation>Kein Modell zum Exportieren: Kein Wert erreicht einen Output oder einen Verlust.</translation>
    </message>
    <message>
      <source>There is no other window.</source>
      <translation>Es gibt kein anderes Fenster.</translation>
    </message>
    <message>
      <source>There is no probe.</source>
      <translation>Es gibt keine Sonde.</translation>
    </message>
    <message>
      <source>This is the first turn.</source>
      <translation>Das ist der erste Durchgang.</translation>
    </message>
    <message>
      <source>This is the last turn.</source>
      <translation>Das ist der letzte Durchgang.</translation>
    </message>
    <message>
      <source>This is the main drawing.</source>
      <translation>Das ist die Hauptzeichnung.</translation>
    </message>
    <message>
      <source>{0} Select two or more layers of one kind.</source>
      <translation>{0} Zwei oder mehr Schichten einer Art auswählen.</translation>
    </message>
  </context>
  <context>
    <name>runs</name>
    <message>
      <source>A click makes it a favourite, or takes that back</source>
      <translation>Ein Klick macht ihn zum Favoriten oder nimmt das zurück</translation>
    </message>
    <message>
      <source>Best loss</source>
      <translation>Bester Verlust</translation>
    </message>
    <message>
      <source>Best metric</source>
      <translation>Beste Metrik</translation>
    </message>
    <message>
      <source>Damaged</source>
      <translation>Beschädigt</translation>
    </message>
    <message>
      <source>Device</source>
      <translation>Gerät</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>Fertig</translation>
    </message>
    <message>
      <source>Epochs</source>
      <translation>Epochen</translation>
    </message>
    <message>
      <source>Failed</source>
      <translation>Fehlgeschlagen</translation>
    </message>
    <message>
      <source>Favourites</source>
      <translation>Favoriten</translation>
    </message>
    <message>
      <source>Interrupted</source>
      <translation>Unterbrochen</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>Running</source>
      <translation>Läuft</translation>
    </message>
    <message>
      <source>Started</source>
      <translation>Gestartet</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Zustand</translation>
    </message>
    <message>
      <source>Stopped</source>
      <translation>Gestoppt</translation>
    </message>
    <message>
      <source>Tags</source>
      <translation>Schlagwörter</translation>
    </message>
    <message>
      <source>Time</source>
      <translation>Zeit</translation>
    </message>
    <message>
      <source>favourite</source>
      <translation>Favorit</translation>
    </message>
    <message>
      <source>no favourite</source>
      <translation>kein Favorit</translation>
    </message>
  </context>
  <context>
    <name>shortcuts</name>
    <message>
      <source>Actual size</source>
      <translation>Originalgröße</translation>
    </message>
    <message>
      <source>Add to the selection</source>
      <translation>Zur Auswahl hinzufügen</translation>
    </message>
    <message>
      <source>Arrow keys</source>
      <translation>Pfeiltasten</translation>
    </message>
    <message>
      <source>Backspace</source>
      <translation>Backspace</translation>
    </message>
    <message>
      <source>Ctrl and arrow keys</source>
      <translation>Ctrl und Pfeiltasten</translation>
    </message>
    <message>
      <source>Delete, or leave the block</source>
      <translation>Löschen oder Block verlassen</translation>
    </message>
    <message>
      <source>Double-click</source>
      <translation>Doppelklick</translation>
    </message>
    <message>
      <source>Help, Keyboard shortcuts gives it others.</source>
      <translation>„Hilfe“, „Tastenkürzel“ weist andere zu.</translation>
    </message>
    <message>
      <source>Middle button, Space and drag</source>
      <translation>Mittlere Taste, Leertaste und Ziehen</translation>
    </message>
    <message>
      <source>Move the view</source>
      <translation>Ansicht verschieben</translation>
    </message>
    <message>
      <source>Move what is selected</source>
      <translation>Auswahl verschieben</translation>
    </message>
    <message>
      <source>Search a layer at the pointer</source>
      <translation>Am Mauszeiger eine Schicht suchen</translation>
    </message>
    <message>
      <source>Shift and click</source>
      <translation>Shift und Klick</translation>
    </message>
    <message>
      <source>Stop, select nothing, leave the block</source>
      <translation>Stoppen, Auswahl aufheben, Block verlassen</translation>
    </message>
    <message>
      <source>The file is kept as {}.</source>
      <translation>Die Datei bleibt als {} erhalten.</translation>
    </message>
    <message>
      <source>The settings could not be read: this is how things are at first.</source>
      <translation>Die Einstellungen ließen sich nicht lesen: Es gilt der Anfangszustand.</translation>
    </message>
    <message>
      <source>This works everywhere in the window, where {} is for typing and moving about. Hold Ctrl or Alt with it, or press a function key.</source>
      <translation>Dieser Befehl wirkt überall im Fenster, wo {} zum Tippen und Bewegen dient. Ctrl oder Alt dazu halten oder eine Funktionstaste drücken.</translation>
    </message>
    <message>
      <source>Walk along the wires</source>
      <translation>Entlang der Leitungen gehen</translation>
    </message>
    <message>
      <source>Wheel, + and -</source>
      <translation>Mausrad, + und -</translation>
    </message>
    <message>
      <source>Zoom</source>
      <translation>Zoom</translation>
    </message>
    <message>
      <source>{} is one of the keys that always mean the same. Press others.</source>
      <translation>{} gehört zu den Tasten, die immer dasselbe bedeuten. Andere drücken.</translation>
    </message>
    <message>
      <source>“{0}” can't have the keys “{1}” that the settings say: it has those that it has at first.</source>
      <translation>„{0}“ kann die Tasten „{1}“ aus den Einstellungen nicht haben: Es gelten die anfänglichen.</translation>
    </message>
  </context>
  <context>
    <name>strands</name>
    <message>
      <source>all</source>
      <translation>alle</translation>
    </message>
    <message>
      <source>epoch</source>
      <translation>Epoche</translation>
    </message>
    <message>
      <source>train</source>
      <translation>Training</translation>
    </message>
    <message>
      <source>val</source>
      <translation>Validierung</translation>
    </message>
  </context>
  <context>
    <name>switches</name>
    <message>
      <source>Bypass {}</source>
      <translation>{} umgehen</translation>
    </message>
    <message>
      <source>Freeze {}</source>
      <translation>{} einfrieren</translation>
    </message>
    <message>
      <source>Mute {}</source>
      <translation>{} stummschalten</translation>
    </message>
    <message>
      <source>Stop bypassing {}</source>
      <translation>{} nicht mehr umgehen</translation>
    </message>
    <message>
      <source>Thaw {}</source>
      <translation>{} auftauen</translation>
    </message>
    <message>
      <source>Unmute {}</source>
      <translation>{} nicht mehr stummschalten</translation>
    </message>
  </context>
</TS>
