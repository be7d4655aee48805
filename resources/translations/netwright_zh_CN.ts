<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
  <context>
    <name>AboutDialog</name>
    <message>
      <source>About Netwright</source>
      <translation>关于 Netwright</translation>
    </message>
    <message>
      <source>Copy versions</source>
      <translation>复制版本信息</translation>
    </message>
    <message>
      <source>Design neural networks by drawing them. The drawing is PyTorch code; it is trained, watched and exported here.

Free software under the MIT licence. It sends nothing anywhere.</source>
      <translation>通过绘图来设计神经网络。图就是 PyTorch 代码；在这里训练、观察和导出。

采用 MIT 许可证的自由软件，不向任何地方发送数据。</translation>
    </message>
  </context>
  <context>
    <name>Again</name>
    <message>
      <source>Its weights are not those of {0}.</source>
      <translation>其权重与 {0} 不同。</translation>
    </message>
    <message>
      <source>Its weights are those of {0}, to the last bit.</source>
      <translation>其权重与 {0} 完全相同，逐位一致。</translation>
    </message>
    <message>
      <source>Show both</source>
      <translation>同时显示</translation>
    </message>
    <message>
      <source>What differs between both is shown in Runs.</source>
      <translation>两者的差异显示在“运行记录”中。</translation>
    </message>
    <message>
      <source>{0} again</source>
      <translation>重新训练 {0}</translation>
    </message>
  </context>
  <context>
    <name>Arranging</name>
    <message>
      <source>Align {} nodes</source>
      <translation>对齐 {} 个节点</translation>
    </message>
    <message>
      <source>Distribute {} nodes</source>
      <translation>均匀分布 {} 个节点</translation>
    </message>
    <message>
      <source>Duplicate note</source>
      <translation>复制便签</translation>
    </message>
    <message>
      <source>Duplicate {}</source>
      <translation>复制 {}</translation>
    </message>
    <message>
      <source>Nothing outside feeds these nodes here: no wire came along.</source>
      <translation>这里没有外部节点输入到这些节点：没有带来任何连线。</translation>
    </message>
    <message>
      <source>Options taken over: {0}. Nodes changed: {1} of {2}.</source>
      <translation>已采用的选项：{0}。已更改的节点：{1} / {2}。</translation>
    </message>
    <message>
      <source>Paste options onto {}</source>
      <translation>将选项粘贴到 {}</translation>
    </message>
    <message>
      <source>Paste options onto {} nodes</source>
      <translation>将选项粘贴到 {} 个节点</translation>
    </message>
    <message>
      <source>Paste with wires</source>
      <translation>连同连线粘贴</translation>
    </message>
    <message>
      <source>Pin {}</source>
      <translation>固定 {}</translation>
    </message>
    <message>
      <source>Swap the inputs of {}</source>
      <translation>交换 {} 的输入</translation>
    </message>
    <message>
      <source>Tidy up</source>
      <translation>整理</translation>
    </message>
    <message>
      <source>Tidy up downwards</source>
      <translation>向下整理</translation>
    </message>
    <message>
      <source>Tidy up {} nodes</source>
      <translation>整理 {} 个节点</translation>
    </message>
    <message>
      <source>Unpin {}</source>
      <translation>取消固定 {}</translation>
    </message>
  </context>
  <context>
    <name>Asking</name>
    <message>
      <source>A run could not be saved: what it learned is only in memory.</source>
      <translation>一次训练无法保存：学到的内容仅在内存中。</translation>
    </message>
    <message>
      <source>A run is under way.</source>
      <translation>正在训练。</translation>
    </message>
    <message>
      <source>All files (*)</source>
      <translation>所有文件 (*)</translation>
    </message>
    <message>
      <source>Choose another folder.</source>
      <translation>请选择其他文件夹。</translation>
    </message>
    <message>
      <source>Close it there first, or save under another name.</source>
      <translation>请先在那里关闭，或以其他名称保存。</translation>
    </message>
    <message>
      <source>Copy it beside the project, or choose the data again.</source>
      <translation>请把它复制到项目旁边，或重新选择数据。</translation>
    </message>
    <message>
      <source>Export the code</source>
      <translation>导出代码</translation>
    </message>
    <message>
      <source>Export the drawing</source>
      <translation>导出图</translation>
    </message>
    <message>
      <source>It can be stopped now; its weights so far are kept in its run folder.</source>
      <translation>现在可以停止；到目前为止的权重保存在运行文件夹中。</translation>
    </message>
    <message>
      <source>Keep training</source>
      <translation>继续训练</translation>
    </message>
    <message>
      <source>Leave</source>
      <translation>离开</translation>
    </message>
    <message>
      <source>Let it go on</source>
      <translation>让它继续</translation>
    </message>
    <message>
      <source>Netwright</source>
      <translation>Netwright</translation>
    </message>
    <message>
      <source>Netwright projects (*{})</source>
      <translation>Netwright 项目 (*{})</translation>
    </message>
    <message>
      <source>On leaving it is saved in {0}.</source>
      <translation>离开时将保存到 {0}。</translation>
    </message>
    <message>
      <source>Open projects</source>
      <translation>打开项目</translation>
    </message>
    <message>
      <source>Or it goes on by itself, and can be followed again from Runs.</source>
      <translation>也可以让它自行继续，之后可在“运行记录”中再次查看。</translation>
    </message>
    <message>
      <source>PDF page (*.pdf)</source>
      <translation>PDF 页面 (*.pdf)</translation>
    </message>
    <message>
      <source>PNG picture (*.png)</source>
      <translation>PNG 图片 (*.png)</translation>
    </message>
    <message>
      <source>Python (*.py)</source>
      <translation>Python (*.py)</translation>
    </message>
    <message>
      <source>Replace it</source>
      <translation>替换</translation>
    </message>
    <message>
      <source>Replace them</source>
      <translation>全部替换</translation>
    </message>
    <message>
      <source>SVG drawing (*.svg)</source>
      <translation>SVG 图 (*.svg)</translation>
    </message>
    <message>
      <source>Save as…</source>
      <translation>另存为…</translation>
    </message>
    <message>
      <source>Save elsewhere…</source>
      <translation>另存到别处…</translation>
    </message>
    <message>
      <source>Save the project</source>
      <translation>保存项目</translation>
    </message>
    <message>
      <source>Save them before going on?</source>
      <translation>继续之前要保存吗？</translation>
    </message>
    <message>
      <source>Saving would replace what was written there.</source>
      <translation>保存会替换那里已写入的内容。</translation>
    </message>
    <message>
      <source>Stop the run</source>
      <translation>停止训练</translation>
    </message>
    <message>
      <source>The code could not be written to “{}”: {}.</source>
      <translation>无法将代码写入“{}”：{}。</translation>
    </message>
    <message>
      <source>The code is in “{}”.</source>
      <translation>代码已写入“{}”。</translation>
    </message>
    <message>
      <source>The drawing is in “{}”.</source>
      <translation>图已写入“{}”。</translation>
    </message>
    <message>
      <source>The project uses files from beside it: {}.</source>
      <translation>项目使用了它旁边的文件：{}。</translation>
    </message>
    <message>
      <source>The project uses {0}, which stayed in {1}.</source>
      <translation>项目使用了 {0}，它仍留在 {1} 中。</translation>
    </message>
    <message>
      <source>The project uses {}, which went along.</source>
      <translation>项目使用了 {}，已一并复制。</translation>
    </message>
    <message>
      <source>There are other files of these names in “{}”.</source>
      <translation>“{}”中有同名的其他文件。</translation>
    </message>
    <message>
      <source>Use those there</source>
      <translation>使用那里的文件</translation>
    </message>
    <message>
      <source>“{}” has unsaved changes.</source>
      <translation>“{}”有未保存的更改。</translation>
    </message>
    <message>
      <source>“{}” is open in another window.</source>
      <translation>“{}”已在另一个窗口中打开。</translation>
    </message>
    <message>
      <source>“{}” was changed by another program or window.</source>
      <translation>“{}”已被其他程序或窗口更改。</translation>
    </message>
  </context>
  <context>
    <name>Bars</name>
    <message>
      <source>Probability of each class</source>
      <translation>各类别的概率</translation>
    </message>
  </context>
  <context>
    <name>BlockBox</name>
    <message>
      <source>Definition</source>
      <translation>定义</translation>
    </message>
    <message>
      <source>Enter</source>
      <translation>进入</translation>
    </message>
    <message>
      <source>Give this block a definition of its own</source>
      <translation>为这个块建立自己的定义</translation>
    </message>
    <message>
      <source>It is unique already: no other block shares its definition.</source>
      <translation>它已经是独立的：没有其他块共用它的定义。</translation>
    </message>
    <message>
      <source>Make unique</source>
      <translation>设为独立</translation>
    </message>
    <message>
      <source>One block of it.</source>
      <translation>有一个这样的块。</translation>
    </message>
    <message>
      <source>Unpack</source>
      <translation>拆开</translation>
    </message>
    <message>
      <source>{} blocks share it; what changes inside changes in all.</source>
      <translation>{} 个块共用它；内部的更改对所有块生效。</translation>
    </message>
  </context>
  <context>
    <name>Blocks</name>
    <message>
      <source>Fold repeats</source>
      <translation>折叠重复部分</translation>
    </message>
    <message>
      <source>Make block {}</source>
      <translation>组成块 {}</translation>
    </message>
    <message>
      <source>Make {} unique</source>
      <translation>将 {} 设为独立</translation>
    </message>
    <message>
      <source>Unpack {}</source>
      <translation>拆开 {}</translation>
    </message>
  </context>
  <context>
    <name>Breadcrumb</name>
    <message>
      <source>Block {}</source>
      <translation>块 {}</translation>
    </message>
    <message>
      <source>Climb out to {}</source>
      <translation>返回到 {}</translation>
    </message>
    <message>
      <source>Climb out to {} (Escape is one level)</source>
      <translation>返回到 {}（Escape 返回一级）</translation>
    </message>
    <message>
      <source>Turn of {}</source>
      <translation>{} 的第几次重复</translation>
    </message>
    <message>
      <source>Where you are</source>
      <translation>当前位置</translation>
    </message>
    <message>
      <source>Which turn of {} is shown: sizes may differ</source>
      <translation>显示 {} 的哪一次重复：尺寸可能不同</translation>
    </message>
    <message>
      <source>main</source>
      <translation>main</translation>
    </message>
    <message>
      <source>the main drawing</source>
      <translation>主图</translation>
    </message>
    <message>
      <source>turn {0} of {1}</source>
      <translation>第 {0} 次重复，共 {1} 次</translation>
    </message>
  </context>
  <context>
    <name>CanvasView</name>
    <message>
      <source>Drawing of the network</source>
      <translation>网络图</translation>
    </message>
  </context>
  <context>
    <name>CertificateDialog</name>
    <message>
      <source> and </source>
      <translation> 和 </translation>
    </message>
    <message>
      <source>Compared on</source>
      <translation>比较设备</translation>
    </message>
    <message>
      <source>Copy report</source>
      <translation>复制报告</translation>
    </message>
    <message>
      <source>Exported</source>
      <translation>已导出</translation>
    </message>
    <message>
      <source>File</source>
      <translation>文件</translation>
    </message>
    <message>
      <source>Input contract</source>
      <translation>输入约定</translation>
    </message>
    <message>
      <source>Input contract, also beside the file as JSON</source>
      <translation>输入约定，也以 JSON 保存在文件旁边</translation>
    </message>
    <message>
      <source>Largest difference</source>
      <translation>最大差异</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>备注</translation>
    </message>
    <message>
      <source>Open folder</source>
      <translation>打开文件夹</translation>
    </message>
    <message>
      <source>Size</source>
      <translation>大小</translation>
    </message>
    <message>
      <source>The file differs from the model more than allowed.</source>
      <translation>文件与模型的差异超出允许范围。</translation>
    </message>
    <message>
      <source>The file gives what the model gives.</source>
      <translation>文件的输出与模型一致。</translation>
    </message>
    <message>
      <source>Weights</source>
      <translation>权重</translation>
    </message>
    <message>
      <source>best epoch</source>
      <translation>最佳轮次</translation>
    </message>
    <message>
      <source>last epoch</source>
      <translation>最后轮次</translation>
    </message>
    <message>
      <source>sha256</source>
      <translation>sha256</translation>
    </message>
    <message>
      <source>untrained</source>
      <translation>未训练</translation>
    </message>
    <message>
      <source>{:.3g}, allowed {:.3g}</source>
      <translation>{:.3g}，允许 {:.3g}</translation>
    </message>
    <message>
      <source>{} samples ({}) in batches of {}, in process {}</source>
      <translation>{} 个样本（{}），每批 {} 个，进程 {}</translation>
    </message>
  </context>
  <context>
    <name>ChangeDialog</name>
    <message>
      <source>Change</source>
      <translation>更改</translation>
    </message>
    <message>
      <source>Change the run</source>
      <translation>更改训练</translation>
    </message>
    <message>
      <source>Epochs in all</source>
      <translation>总轮次</translation>
    </message>
    <message>
      <source>It counts from the next step on, and is marked on the curves.</source>
      <translation>从下一步起生效，并在曲线上标出。</translation>
    </message>
    <message>
      <source>Learning rate</source>
      <translation>学习率</translation>
    </message>
    <message>
      <source>Limit of each gradient</source>
      <translation>单个梯度的上限</translation>
    </message>
    <message>
      <source>Limit of the gradient's norm</source>
      <translation>梯度范数的上限</translation>
    </message>
    <message>
      <source>New choice</source>
      <translation>新的选择</translation>
    </message>
    <message>
      <source>New value</source>
      <translation>新值</translation>
    </message>
    <message>
      <source>Patience in epochs</source>
      <translation>耐心轮次</translation>
    </message>
    <message>
      <source>Schedule</source>
      <translation>调度</translation>
    </message>
    <message>
      <source>What to change</source>
      <translation>要更改的内容</translation>
    </message>
    <message>
      <source>to</source>
      <translation>为</translation>
    </message>
  </context>
  <context>
    <name>ChoiceField</name>
    <message>
      <source>automatic</source>
      <translation>自动</translation>
    </message>
  </context>
  <context>
    <name>ClassBars</name>
    <message>
      <source>Samples of each class</source>
      <translation>各类别的样本</translation>
    </message>
    <message>
      <source>{0} more classes</source>
      <translation>另有 {0} 个类别</translation>
    </message>
  </context>
  <context>
    <name>CodePanel</name>
    <message>
      <source>Choose another place.</source>
      <translation>请选择其他位置。</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>已复制</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>复制</translation>
    </message>
    <message>
      <source>Copy the whole file; it runs in a bare interpreter.</source>
      <translation>复制整个文件；可在纯净的解释器中运行。</translation>
    </message>
    <message>
      <source>Find in the code</source>
      <translation>在代码中查找</translation>
    </message>
    <message>
      <source>Find in the code (Ctrl+F)</source>
      <translation>在代码中查找 (Ctrl+F)</translation>
    </message>
    <message>
      <source>Generated code</source>
      <translation>生成的代码</translation>
    </message>
    <message>
      <source>Python files (*.py)</source>
      <translation>Python 文件 (*.py)</translation>
    </message>
    <message>
      <source>Save as .py…</source>
      <translation>另存为 .py…</translation>
    </message>
    <message>
      <source>Save the code</source>
      <translation>保存代码</translation>
    </message>
    <message>
      <source>Save the whole file.</source>
      <translation>保存整个文件。</translation>
    </message>
    <message>
      <source>The code of the drawing appears here, line by line, as you draw.</source>
      <translation>绘图时，图的代码会逐行显示在这里。</translation>
    </message>
    <message>
      <source>{0} lines of Python</source>
      <translation>{0} 行 Python</translation>
    </message>
    <message>
      <source>“{0}” could not be written: {1}.</source>
      <translation>无法写入“{0}”：{1}。</translation>
    </message>
  </context>
  <context>
    <name>CommandPalette</name>
    <message>
      <source>Commands</source>
      <translation>命令</translation>
    </message>
    <message>
      <source>Commands that fit</source>
      <translation>匹配的命令</translation>
    </message>
    <message>
      <source>No command has these letters in this order.</source>
      <translation>没有命令按此顺序包含这些字母。</translation>
    </message>
    <message>
      <source>Search commands</source>
      <translation>搜索命令</translation>
    </message>
    <message>
      <source>Type a part of a command's name</source>
      <translation>输入命令名称的一部分</translation>
    </message>
    <message>
      <source>{}, off</source>
      <translation>{}，不可用</translation>
    </message>
  </context>
  <context>
    <name>Commands</name>
    <message>
      <source>Add {}</source>
      <translation>添加 {}</translation>
    </message>
    <message>
      <source>Delete frame {}</source>
      <translation>删除框 {}</translation>
    </message>
    <message>
      <source>Delete note</source>
      <translation>删除便签</translation>
    </message>
    <message>
      <source>Delete wire</source>
      <translation>删除连线</translation>
    </message>
    <message>
      <source>Delete wires</source>
      <translation>删除连线</translation>
    </message>
    <message>
      <source>Delete {}</source>
      <translation>删除 {}</translation>
    </message>
    <message>
      <source>Delete {} nodes</source>
      <translation>删除 {} 个节点</translation>
    </message>
    <message>
      <source>Delete {} things</source>
      <translation>删除 {} 项</translation>
    </message>
    <message>
      <source>Duplicate</source>
      <translation>复制一份</translation>
    </message>
    <message>
      <source>Move dot</source>
      <translation>移动折点</translation>
    </message>
    <message>
      <source>Move frame {}</source>
      <translation>移动框 {}</translation>
    </message>
    <message>
      <source>Move node</source>
      <translation>移动节点</translation>
    </message>
    <message>
      <source>Move note</source>
      <translation>移动便签</translation>
    </message>
    <message>
      <source>Move {} dots</source>
      <translation>移动 {} 个折点</translation>
    </message>
    <message>
      <source>Move {} nodes</source>
      <translation>移动 {} 个节点</translation>
    </message>
    <message>
      <source>Move {} things</source>
      <translation>移动 {} 项</translation>
    </message>
    <message>
      <source>Paste</source>
      <translation>粘贴</translation>
    </message>
    <message>
      <source>Resize frame {}</source>
      <translation>调整框 {} 的大小</translation>
    </message>
    <message>
      <source>Resize note</source>
      <translation>调整便签大小</translation>
    </message>
    <message>
      <source>Take off dot</source>
      <translation>移除折点</translation>
    </message>
    <message>
      <source>Take off {} dots</source>
      <translation>移除 {} 个折点</translation>
    </message>
    <message>
      <source>This project has other blocks of the same name, so these came in under new names: {}.</source>
      <translation>本项目已有同名的其他块，因此这些块以新名称加入：{}。</translation>
    </message>
    <message>
      <source>“{0}” as “{1}”</source>
      <translation>“{0}”改为“{1}”</translation>
    </message>
  </context>
  <context>
    <name>Comparison</name>
    <message>
      <source>Page back</source>
      <translation>上一页</translation>
    </message>
    <message>
      <source>Page on</source>
      <translation>下一页</translation>
    </message>
    <message>
      <source>Predictions beside the truth</source>
      <translation>预测与真值对照</translation>
    </message>
    <message>
      <source>Show the surest mistakes first</source>
      <translation>先显示最有把握的错误</translation>
    </message>
    <message>
      <source>Training samples · {0}</source>
      <translation>训练样本 · {0}</translation>
    </message>
    <message>
      <source>Truth → prediction</source>
      <translation>真值 → 预测</translation>
    </message>
    <message>
      <source>Validation samples · {0}</source>
      <translation>验证样本 · {0}</translation>
    </message>
    <message>
      <source>Worst ones first</source>
      <translation>最差的在前</translation>
    </message>
    <message>
      <source>Wrong ones first</source>
      <translation>错误的在前</translation>
    </message>
    <message>
      <source>untrained weights</source>
      <translation>未训练的权重</translation>
    </message>
    <message>
      <source>{0} right · {1} of {2} wrong</source>
      <translation>{0} 个正确 · {1} / {2} 个错误</translation>
    </message>
    <message>
      <source>{0} samples</source>
      <translation>{0} 个样本</translation>
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
      <translation>输入</translation>
    </message>
    <message>
      <source>Output</source>
      <translation>输出</translation>
    </message>
    <message>
      <source>Parameters</source>
      <translation>参数</translation>
    </message>
    <message>
      <source>{0} floating-point operations: 2 × multiply-adds, forward, one sample</source>
      <translation>{0} 次浮点运算：2 × 乘加，前向，单个样本</translation>
    </message>
    <message>
      <source>{0} learnable numbers</source>
      <translation>{0} 个可学习的数</translation>
    </message>
    <message>
      <source>{0} of all FLOPs</source>
      <translation>占全部 FLOPs 的 {0}</translation>
    </message>
    <message>
      <source>{0} of all parameters</source>
      <translation>占全部参数的 {0}</translation>
    </message>
    <message>
      <source>{0} out for each sample</source>
      <translation>每个样本输出 {0}</translation>
    </message>
  </context>
  <context>
    <name>CrashGuard</name>
    <message>
      <source>Copy details</source>
      <translation>复制详情</translation>
    </message>
    <message>
      <source>Netwright made a mistake</source>
      <translation>Netwright 出错了</translation>
    </message>
    <message>
      <source>Something went wrong inside Netwright. Your project was autosaved.</source>
      <translation>Netwright 内部出错。项目已自动保存。</translation>
    </message>
    <message>
      <source>{}

The log file has the details: {}</source>
      <translation>{}

详情见日志文件：{}</translation>
    </message>
  </context>
  <context>
    <name>CurvePlot</name>
    <message>
      <source>Arrow keys read along the curves, + and - zoom, Home shows all of it.</source>
      <translation>方向键沿曲线读数，+ 和 - 缩放，Home 显示全部。</translation>
    </message>
    <message>
      <source>epoch {0}</source>
      <translation>第 {0} 轮</translation>
    </message>
    <message>
      <source>log</source>
      <translation>对数</translation>
    </message>
    <message>
      <source>step {0}</source>
      <translation>第 {0} 步</translation>
    </message>
  </context>
  <context>
    <name>CurveWriting</name>
    <message>
      <source>The curves are being written to {0}; closing the window gives that up.</source>
      <translation>正在将曲线写入 {0}；关闭窗口将放弃写入。</translation>
    </message>
    <message>
      <source>The curves are in {0}.</source>
      <translation>曲线已保存到 {0}。</translation>
    </message>
  </context>
  <context>
    <name>DataPanel</name>
    <message>
      <source>All right</source>
      <translation>全部正确</translation>
    </message>
    <message>
      <source>Change how {0} is scaled</source>
      <translation>更改 {0} 的缩放</translation>
    </message>
    <message>
      <source>Change the split</source>
      <translation>更改划分</translation>
    </message>
    <message>
      <source>Choose data: {0}</source>
      <translation>选择数据：{0}</translation>
    </message>
    <message>
      <source>Choose data…</source>
      <translation>选择数据…</translation>
    </message>
    <message>
      <source>FIELDS</source>
      <translation>字段</translation>
    </message>
    <message>
      <source>Learn from other data</source>
      <translation>使用其他数据学习</translation>
    </message>
    <message>
      <source>Read it anew</source>
      <translation>重新读取</translation>
    </message>
    <message>
      <source>Reading the samples …</source>
      <translation>正在读取样本…</translation>
    </message>
    <message>
      <source>Reading {0} …</source>
      <translation>正在读取 {0}…</translation>
    </message>
    <message>
      <source>SAMPLES</source>
      <translation>样本</translation>
    </message>
    <message>
      <source>SAMPLES OF EACH CLASS</source>
      <translation>各类别的样本</translation>
    </message>
    <message>
      <source>SPLIT</source>
      <translation>划分</translation>
    </message>
    <message>
      <source>The data is not what it was when this project was made: ranges, classes and counts may be out of date.</source>
      <translation>数据与创建项目时不同：范围、类别和数量可能已过时。</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>重试</translation>
    </message>
    <message>
      <source>and {0} more</source>
      <translation>以及另外 {0} 个</translation>
    </message>
    <message>
      <source>{0} samples · {1} fields</source>
      <translation>{0} 个样本 · {1} 个字段</translation>
    </message>
  </context>
  <context>
    <name>DefinitionName</name>
    <message>
      <source>Name of the definition</source>
      <translation>定义的名称</translation>
    </message>
    <message>
      <source>Rename block {} to {}</source>
      <translation>将块 {} 重命名为 {}</translation>
    </message>
    <message>
      <source>The class in the code; letters, digits and _.</source>
      <translation>代码中的类名；字母、数字和 _。</translation>
    </message>
    <message>
      <source>There is a block “{}” already.</source>
      <translation>已有名为“{}”的块。</translation>
    </message>
    <message>
      <source>Use another name.</source>
      <translation>请使用其他名称。</translation>
    </message>
  </context>
  <context>
    <name>DefinitionPage</name>
    <message>
      <source>Add a param</source>
      <translation>添加选项</translation>
    </message>
    <message>
      <source>Block</source>
      <translation>块</translation>
    </message>
    <message>
      <source>Change default of {}</source>
      <translation>更改 {} 的默认值</translation>
    </message>
    <message>
      <source>Each instance chooses their values. Write =name in a field inside.</source>
      <translation>每个实例各自选择它们的值。在内部字段中写 =name。</translation>
    </message>
    <message>
      <source>Move param {} up</source>
      <translation>上移选项 {}</translation>
    </message>
    <message>
      <source>None yet. Place an Input and an Output.</source>
      <translation>还没有。请放置一个 Input 和一个 Output。</translation>
    </message>
    <message>
      <source>One block of it.</source>
      <translation>有一个这样的块。</translation>
    </message>
    <message>
      <source>Params</source>
      <translation>选项</translation>
    </message>
    <message>
      <source>Ports</source>
      <translation>端口</translation>
    </message>
    <message>
      <source>Remove param {}</source>
      <translation>移除选项 {}</translation>
    </message>
    <message>
      <source>Rename param {} to {}</source>
      <translation>将选项 {} 重命名为 {}</translation>
    </message>
    <message>
      <source>in</source>
      <translation>入</translation>
    </message>
    <message>
      <source>out</source>
      <translation>出</translation>
    </message>
    <message>
      <source>{} blocks share it; what changes here changes in all.</source>
      <translation>{} 个块共用它；这里的更改对所有块生效。</translation>
    </message>
  </context>
  <context>
    <name>DeviceChooser</name>
    <message>
      <source>Automatic</source>
      <translation>自动</translation>
    </message>
    <message>
      <source>CPU · 1 thread</source>
      <translation>CPU · 1 个线程</translation>
    </message>
    <message>
      <source>CPU · {} threads</source>
      <translation>CPU · {} 个线程</translation>
    </message>
    <message>
      <source>Choose the device</source>
      <translation>选择设备</translation>
    </message>
    <message>
      <source>Device</source>
      <translation>设备</translation>
    </message>
    <message>
      <source>The device that trains the model</source>
      <translation>训练模型的设备</translation>
    </message>
  </context>
  <context>
    <name>Dialogs</name>
    <message>
      <source>It would be {}.</source>
      <translation>将会是 {}。</translation>
    </message>
    <message>
      <source>Nothing has gone wrong yet: there is no log file.</source>
      <translation>还没有出过错：没有日志文件。</translation>
    </message>
    <message>
      <source>The log file is {}.</source>
      <translation>日志文件是 {}。</translation>
    </message>
  </context>
  <context>
    <name>Docks</name>
    <message>
      <source>Panels</source>
      <translation>面板</translation>
    </message>
  </context>
  <context>
    <name>DrawingPad</name>
    <message>
      <source>Draw here</source>
      <translation>在此绘制</translation>
    </message>
    <message>
      <source>Draw with the mouse. Backspace takes the last stroke back.</source>
      <translation>用鼠标绘制。Backspace 撤回最后一笔。</translation>
    </message>
    <message>
      <source>Drawing pad</source>
      <translation>绘图板</translation>
    </message>
  </context>
  <context>
    <name>DrawnInput</name>
    <message>
      <source>Clear the pad (Delete)</source>
      <translation>清空绘图板 (Delete)</translation>
    </message>
    <message>
      <source>Take the last stroke back (Backspace)</source>
      <translation>撤回最后一笔 (Backspace)</translation>
    </message>
    <message>
      <source>What the network sees</source>
      <translation>网络看到的内容</translation>
    </message>
    <message>
      <source>What the network sees: your drawing, scaled and centred</source>
      <translation>网络看到的内容：经缩放和居中的绘图</translation>
    </message>
    <message>
      <source>seen</source>
      <translation>所见</translation>
    </message>
  </context>
  <context>
    <name>Drops</name>
    <message>
      <source>A project has one set of data. That is “{}” now, without {}.</source>
      <translation>一个项目只有一份数据。现在是“{}”，不包括 {}。</translation>
    </message>
    <message>
      <source>Beside a project nothing else is taken: {}.</source>
      <translation>与项目一起放下的其他文件没有打开：{}。</translation>
    </message>
    <message>
      <source>Choose data: {}</source>
      <translation>选择数据：{}</translation>
    </message>
    <message>
      <source>Drop another one alone to take it instead.</source>
      <translation>要改用另一个，请单独拖放它。</translation>
    </message>
    <message>
      <source>Drop that alone, onto the window of its project.</source>
      <translation>请把它单独拖放到其项目的窗口上。</translation>
    </message>
    <message>
      <source>Reading {} …</source>
      <translation>正在读取 {} …</translation>
    </message>
    <message>
      <source>The data is changed. Samples: {}. Fields: {}.</source>
      <translation>数据已更改。样本：{}。字段：{}。</translation>
    </message>
    <message>
      <source>{0} files were not taken: {1}.</source>
      <translation>有 {0} 个文件没有打开：{1}。</translation>
    </message>
  </context>
  <context>
    <name>DuplicateDialog</name>
    <message>
      <source>Duplicate the run with a change</source>
      <translation>复制运行并更改一项</translation>
    </message>
    <message>
      <source>Everything else is as the run had it. It waits where another run is under way.</source>
      <translation>其余与该次训练相同。若有其他训练在进行，则等待。</translation>
    </message>
    <message>
      <source>Learning rate</source>
      <translation>学习率</translation>
    </message>
    <message>
      <source>Optimizer</source>
      <translation>优化器</translation>
    </message>
    <message>
      <source>Schedule</source>
      <translation>调度</translation>
    </message>
    <message>
      <source>That is what the run has.</source>
      <translation>该次训练就是这样的。</translation>
    </message>
    <message>
      <source>Train</source>
      <translation>训练</translation>
    </message>
    <message>
      <source>no</source>
      <translation>否</translation>
    </message>
    <message>
      <source>off</source>
      <translation>关</translation>
    </message>
    <message>
      <source>yes</source>
      <translation>是</translation>
    </message>
  </context>
  <context>
    <name>Elsewhere</name>
    <message>
      <source>Give it up</source>
      <translation>放弃</translation>
    </message>
    <message>
      <source>Save elsewhere…</source>
      <translation>另存到别处…</translation>
    </message>
    <message>
      <source>Save the run elsewhere</source>
      <translation>将训练保存到别处</translation>
    </message>
    <message>
      <source>Show it</source>
      <translation>显示</translation>
    </message>
    <message>
      <source>The run is saved in {0}.</source>
      <translation>训练已保存到 {0}。</translation>
    </message>
    <message>
      <source>The run “{0}” could not be saved in {1}.</source>
      <translation>训练“{0}”无法保存到 {1}。</translation>
    </message>
    <message>
      <source>What it learned is still in memory.</source>
      <translation>学到的内容仍在内存中。</translation>
    </message>
  </context>
  <context>
    <name>EmptyHint</name>
    <message>
      <source>Drag a layer here, or open a template.</source>
      <translation>将层拖到这里，或打开模板。</translation>
    </message>
    <message>
      <source>Drag a layer here, press {} to search, or open a template.</source>
      <translation>将层拖到这里，按 {} 搜索，或打开模板。</translation>
    </message>
    <message>
      <source>Nothing drawn yet</source>
      <translation>还没有绘制内容</translation>
    </message>
    <message>
      <source>Wires go from a port at the right of one card to one at the left of another.</source>
      <translation>连线从一张卡片右侧的端口连到另一张卡片左侧的端口。</translation>
    </message>
  </context>
  <context>
    <name>EmptyPage</name>
    <message>
      <source>Begin with a sample set, or bring your own data. A file or folder can also be dropped here.</source>
      <translation>从示例数据集开始，或使用自己的数据。也可以把文件或文件夹拖放到这里。</translation>
    </message>
    <message>
      <source>What should the network learn from?</source>
      <translation>网络应当从什么数据中学习？</translation>
    </message>
  </context>
  <context>
    <name>Exhibits</name>
    <message>
      <source>Off by {0}</source>
      <translation>偏差 {0}</translation>
    </message>
    <message>
      <source>Off by {0} on average</source>
      <translation>平均偏差 {0}</translation>
    </message>
    <message>
      <source>Truth {0}, prediction {1}</source>
      <translation>真值 {0}，预测 {1}</translation>
    </message>
    <message>
      <source>Truth {0}, prediction {1}, {2} sure</source>
      <translation>真值 {0}，预测 {1}，把握 {2}</translation>
    </message>
    <message>
      <source>{0} (sample {1})</source>
      <translation>{0}（样本 {1}）</translation>
    </message>
    <message>
      <source>{0} right</source>
      <translation>正确 {0}</translation>
    </message>
  </context>
  <context>
    <name>ExportDialog</name>
    <message>
      <source>All files (*)</source>
      <translation>所有文件 (*)</translation>
    </message>
    <message>
      <source>Best epoch</source>
      <translation>最佳轮次</translation>
    </message>
    <message>
      <source>Browse…</source>
      <translation>浏览…</translation>
    </message>
    <message>
      <source>Export</source>
      <translation>导出</translation>
    </message>
    <message>
      <source>Export TorchScript</source>
      <translation>导出 TorchScript</translation>
    </message>
    <message>
      <source>File</source>
      <translation>文件</translation>
    </message>
    <message>
      <source>File to write</source>
      <translation>要写入的文件</translation>
    </message>
    <message>
      <source>Last epoch</source>
      <translation>最后轮次</translation>
    </message>
    <message>
      <source>Name the file to write first.</source>
      <translation>请先指定要写入的文件。</translation>
    </message>
    <message>
      <source>Run</source>
      <translation>运行记录</translation>
    </message>
    <message>
      <source>The model is written as one file, loaded back in another process and compared with the model here. The input contract is written beside it.</source>
      <translation>模型写入一个文件，在另一个进程中重新加载并与这里的模型比较。输入约定写在文件旁边。</translation>
    </message>
    <message>
      <source>The weights of the epoch with the best validation result</source>
      <translation>验证结果最佳的轮次的权重</translation>
    </message>
    <message>
      <source>The weights that the run ended with</source>
      <translation>训练结束时的权重</translation>
    </message>
    <message>
      <source>TorchScript (*.pt)</source>
      <translation>TorchScript (*.pt)</translation>
    </message>
    <message>
      <source>Untrained weights</source>
      <translation>未训练的权重</translation>
    </message>
    <message>
      <source>Weights</source>
      <translation>权重</translation>
    </message>
  </context>
  <context>
    <name>Exporting</name>
    <message>
      <source>Export all the same</source>
      <translation>仍然导出</translation>
    </message>
    <message>
      <source>Export untrained weights?</source>
      <translation>导出未训练的权重？</translation>
    </message>
    <message>
      <source>Exporting to “{}”; it is loaded back and compared.</source>
      <translation>正在导出到“{}”；将重新加载并比较。</translation>
    </message>
    <message>
      <source>This model was not trained: it would answer at random.</source>
      <translation>该模型未经训练：它的回答是随机的。</translation>
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
      <translation>保持原样</translation>
    </message>
    <message>
      <source>How values are scaled before the model sees them</source>
      <translation>数值在输入模型之前如何缩放</translation>
    </message>
    <message>
      <source>How {0} is scaled</source>
      <translation>{0} 如何缩放</translation>
    </message>
    <message>
      <source>Mean 0, spread 1</source>
      <translation>均值 0，标准差 1</translation>
    </message>
    <message>
      <source>Scaled by mean and spread of the training samples</source>
      <translation>按训练样本的均值和标准差缩放</translation>
    </message>
    <message>
      <source>Scaled by the lowest and highest value</source>
      <translation>按最小值和最大值缩放</translation>
    </message>
    <message>
      <source>Type of one sample, as the model sees it</source>
      <translation>模型所见的单个样本的类型</translation>
    </message>
    <message>
      <source>Values go into the model unchanged</source>
      <translation>数值不变地输入模型</translation>
    </message>
  </context>
  <context>
    <name>FieldList</name>
    <message>
      <source>mean {0}</source>
      <translation>均值 {0}</translation>
    </message>
    <message>
      <source>spread {0}</source>
      <translation>标准差 {0}</translation>
    </message>
    <message>
      <source>{0} classes: {1}</source>
      <translation>{0} 个类别：{1}</translation>
    </message>
  </context>
  <context>
    <name>Files</name>
    <message>
      <source>Another Netwright restored these changes.</source>
      <translation>另一个 Netwright 已恢复这些更改。</translation>
    </message>
    <message>
      <source>Change it in one of the two; saving asks where the other one saved.</source>
      <translation>请只在其中一个里更改；如果另一个保存过，保存时会询问。</translation>
    </message>
    <message>
      <source>Changes can't be kept safe for a crash at the moment: {}.</source>
      <translation>目前无法为更改做崩溃保护：{}。</translation>
    </message>
    <message>
      <source>Discard</source>
      <translation>放弃</translation>
    </message>
    <message>
      <source>Its file was changed since; what is restored will be a copy without a file.</source>
      <translation>它的文件此后被更改；恢复的内容将是没有文件的副本。</translation>
    </message>
    <message>
      <source>Keep mine</source>
      <translation>保留我的</translation>
    </message>
    <message>
      <source>Later</source>
      <translation>稍后</translation>
    </message>
    <message>
      <source>Look whether something is missing.</source>
      <translation>请检查是否缺少内容。</translation>
    </message>
    <message>
      <source>Make room, or save the project often.</source>
      <translation>请腾出空间，或经常保存项目。</translation>
    </message>
    <message>
      <source>Netwright ended unexpectedly. Unsaved changes to “{}”: {}, since {}.</source>
      <translation>Netwright 意外退出。“{}”有未保存的更改：{} 项，自 {} 起。</translation>
    </message>
    <message>
      <source>Reload</source>
      <translation>重新加载</translation>
    </message>
    <message>
      <source>Reload it to see what is on disk.</source>
      <translation>重新加载以查看磁盘上的内容。</translation>
    </message>
    <message>
      <source>Reload it to see what is on disk; unsaved changes here would be lost.</source>
      <translation>重新加载以查看磁盘上的内容；这里未保存的更改会丢失。</translation>
    </message>
    <message>
      <source>Restore</source>
      <translation>恢复</translation>
    </message>
    <message>
      <source>Restore as a copy</source>
      <translation>恢复为副本</translation>
    </message>
    <message>
      <source>The project is still open here; save it to keep it.</source>
      <translation>项目在这里仍打开着；保存即可保留。</translation>
    </message>
    <message>
      <source>They were kept, and so was what can be undone.</source>
      <translation>更改已保留，可撤销的内容也已保留。</translation>
    </message>
    <message>
      <source>Untitled</source>
      <translation>未命名</translation>
    </message>
    <message>
      <source>edited</source>
      <translation>已编辑</translation>
    </message>
    <message>
      <source>not saved yet</source>
      <translation>尚未保存</translation>
    </message>
    <message>
      <source>saved</source>
      <translation>已保存</translation>
    </message>
    <message>
      <source>{} The {} changes before it were restored.</source>
      <translation>{} 此前的 {} 项更改已恢复。</translation>
    </message>
    <message>
      <source>“{}” is open in another Netwright too.</source>
      <translation>“{}”也在另一个 Netwright 中打开。</translation>
    </message>
    <message>
      <source>“{}” was changed by another program.</source>
      <translation>“{}”已被其他程序更改。</translation>
    </message>
    <message>
      <source>“{}” was moved or deleted by another program.</source>
      <translation>“{}”已被其他程序移动或删除。</translation>
    </message>
  </context>
  <context>
    <name>FindBar</name>
    <message>
      <source> in {}</source>
      <translation> 位于 {}</translation>
    </message>
    <message>
      <source>Close (Escape)</source>
      <translation>关闭 (Escape)</translation>
    </message>
    <message>
      <source>Find a node</source>
      <translation>查找节点</translation>
    </message>
    <message>
      <source>Find in the code</source>
      <translation>在代码中查找</translation>
    </message>
    <message>
      <source>Frame</source>
      <translation>框</translation>
    </message>
    <message>
      <source>Name, kind, shape or problem: conv, 64, 16x8, error</source>
      <translation>名称、种类、形状或问题：conv、64、16x8、error</translation>
    </message>
    <message>
      <source>Next (Enter)</source>
      <translation>下一个 (Enter)</translation>
    </message>
    <message>
      <source>Nodes found</source>
      <translation>找到的节点</translation>
    </message>
    <message>
      <source>Not there</source>
      <translation>不存在</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>备注</translation>
    </message>
    <message>
      <source>Previous (Shift+Enter)</source>
      <translation>上一个 (Shift+Enter)</translation>
    </message>
    <message>
      <source>nothing found</source>
      <translation>未找到</translation>
    </message>
    <message>
      <source>{0} of {1}</source>
      <translation>{0} / {1}</translation>
    </message>
    <message>
      <source>{0} places</source>
      <translation>{0} 处</translation>
    </message>
  </context>
  <context>
    <name>Fold</name>
    <message>
      <source>Fold</source>
      <translation>折叠</translation>
    </message>
    <message>
      <source>Unfold</source>
      <translation>展开</translation>
    </message>
  </context>
  <context>
    <name>Gallery</name>
    <message>
      <source>Predictions beside the truth</source>
      <translation>预测与真值对照</translation>
    </message>
    <message>
      <source>There is no such sample.</source>
      <translation>没有这样的样本。</translation>
    </message>
    <message>
      <source>Truth → prediction</source>
      <translation>真值 → 预测</translation>
    </message>
  </context>
  <context>
    <name>GuideDialog</name>
    <message>
      <source>Netwright guide</source>
      <translation>Netwright 指南</translation>
    </message>
  </context>
  <context>
    <name>Header</name>
    <message>
      <source>Documentation</source>
      <translation>文档</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>名称</translation>
    </message>
    <message>
      <source>Open the documentation: {0}</source>
      <translation>打开文档：{0}</translation>
    </message>
    <message>
      <source>The name in the code; letters, digits and _.</source>
      <translation>代码中的名称；字母、数字和 _。</translation>
    </message>
  </context>
  <context>
    <name>HistoryPanel</name>
    <message>
      <source>Click a change to go back or forward to it.</source>
      <translation>点击某项更改，可后退或前进到那里。</translation>
    </message>
    <message>
      <source>Done again up to: {}</source>
      <translation>已重做到：{}</translation>
    </message>
    <message>
      <source>History of changes</source>
      <translation>更改历史</translation>
    </message>
    <message>
      <source>Undone back to: {}</source>
      <translation>已撤销到：{}</translation>
    </message>
  </context>
  <context>
    <name>HistoryRows</name>
    <message>
      <source>As it was opened</source>
      <translation>打开时的状态</translation>
    </message>
    <message>
      <source>{}, as in the file</source>
      <translation>{}，与文件相同</translation>
    </message>
    <message>
      <source>{}, how things stand now</source>
      <translation>{}，当前状态</translation>
    </message>
    <message>
      <source>{}, how things stand now, as in the file</source>
      <translation>{}，当前状态，与文件相同</translation>
    </message>
    <message>
      <source>{}, undone</source>
      <translation>{}，已撤销</translation>
    </message>
  </context>
  <context>
    <name>InitBox</name>
    <message>
      <source>Bias begins</source>
      <translation>偏置初始化</translation>
    </message>
    <message>
      <source>Weights begin</source>
      <translation>权重初始化</translation>
    </message>
  </context>
  <context>
    <name>Joining</name>
    <message>
      <source>Connect {} nodes to {}</source>
      <translation>将 {} 个节点连接到 {}</translation>
    </message>
    <message>
      <source>Connect {} to {}</source>
      <translation>将 {} 连接到 {}</translation>
    </message>
    <message>
      <source>Detach {}</source>
      <translation>断开 {}</translation>
    </message>
    <message>
      <source>Detach {} nodes</source>
      <translation>断开 {} 个节点</translation>
    </message>
  </context>
  <context>
    <name>KeyField</name>
    <message>
      <source>None</source>
      <translation>无</translation>
    </message>
    <message>
      <source>Press the keys</source>
      <translation>请按下按键</translation>
    </message>
  </context>
  <context>
    <name>KindTree</name>
    <message>
      <source>Add to the canvas</source>
      <translation>添加到画布</translation>
    </message>
    <message>
      <source>Click to fold.</source>
      <translation>点击折叠。</translation>
    </message>
    <message>
      <source>Click to show them.</source>
      <translation>点击显示。</translation>
    </message>
    <message>
      <source>Less</source>
      <translation>收起</translation>
    </message>
    <message>
      <source>Open the documentation</source>
      <translation>打开文档</translation>
    </message>
    <message>
      <source>Remove from my blocks</source>
      <translation>从我的块中移除</translation>
    </message>
    <message>
      <source>Save to my blocks</source>
      <translation>保存到我的块</translation>
    </message>
    <message>
      <source>Update this project from it</source>
      <translation>按它更新本项目</translation>
    </message>
    <message>
      <source>{0} more</source>
      <translation>另有 {0} 个</translation>
    </message>
  </context>
  <context>
    <name>LayerTable</name>
    <message>
      <source>2 × multiply-adds of the forward pass of one sample</source>
      <translation>单个样本前向计算的 2 × 乘加</translation>
    </message>
    <message>
      <source>Bytes of its outputs for one sample</source>
      <translation>单个样本的输出字节数</translation>
    </message>
    <message>
      <source>FLOPs</source>
      <translation>FLOPs</translation>
    </message>
    <message>
      <source>Kind</source>
      <translation>种类</translation>
    </message>
    <message>
      <source>Memory</source>
      <translation>内存</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>名称</translation>
    </message>
    <message>
      <source>Output</source>
      <translation>输出</translation>
    </message>
    <message>
      <source>Parameters</source>
      <translation>参数</translation>
    </message>
    <message>
      <source>Share</source>
      <translation>占比</translation>
    </message>
    <message>
      <source>Share of all parameters</source>
      <translation>占全部参数的比例</translation>
    </message>
  </context>
  <context>
    <name>LeftoversDialog</name>
    <message>
      <source>Discard</source>
      <translation>放弃</translation>
    </message>
    <message>
      <source>Discard what is ticked?</source>
      <translation>放弃勾选的内容？</translation>
    </message>
    <message>
      <source>Discard…</source>
      <translation>放弃…</translation>
    </message>
    <message>
      <source>It is offered again at the next start.</source>
      <translation>下次启动时会再次提供。</translation>
    </message>
    <message>
      <source>Later</source>
      <translation>稍后</translation>
    </message>
    <message>
      <source>Netwright</source>
      <translation>Netwright</translation>
    </message>
    <message>
      <source>Netwright ended unexpectedly. These were not saved:</source>
      <translation>Netwright 意外退出。以下内容未保存：</translation>
    </message>
    <message>
      <source>Restore</source>
      <translation>恢复</translation>
    </message>
    <message>
      <source>These changes can't be restored then.</source>
      <translation>之后这些更改将无法恢复。</translation>
    </message>
    <message>
      <source>Unsaved changes</source>
      <translation>未保存的更改</translation>
    </message>
    <message>
      <source>{0}: changes not saved: {1}, since {2}</source>
      <translation>{0}：未保存的更改 {1} 项，自 {2} 起</translation>
    </message>
    <message>
      <source>{0}: changes not saved: {1}, since {2}; a copy, as its file was changed meanwhile</source>
      <translation>{0}：未保存的更改 {1} 项，自 {2} 起；因文件已被更改，将成为副本</translation>
    </message>
  </context>
  <context>
    <name>Library</name>
    <message>
      <source>Add block {}</source>
      <translation>添加块 {}</translation>
    </message>
    <message>
      <source>Add {}</source>
      <translation>添加 {}</translation>
    </message>
    <message>
      <source>That block is no longer among your blocks.</source>
      <translation>该块已不在我的块中。</translation>
    </message>
    <message>
      <source>Update {} from my blocks</source>
      <translation>从我的块更新 {}</translation>
    </message>
  </context>
  <context>
    <name>Matrix</name>
    <message>
      <source>Prediction →</source>
      <translation>预测 →</translation>
    </message>
    <message>
      <source>Which class is taken for which</source>
      <translation>哪个类别被认作哪个</translation>
    </message>
    <message>
      <source>{0} found: {1} of {2}, {3}</source>
      <translation>找到 {0}：{2} 个中的 {1} 个，{3}</translation>
    </message>
    <message>
      <source>{0} taken for {1}: {2} of {3}, {4}</source>
      <translation>{0} 被认作 {1}：{3} 个中的 {2} 个，{4}</translation>
    </message>
    <message>
      <source>{0}: {1} {2} times, {3}</source>
      <translation>{0}：{1} {2} 次，{3}</translation>
    </message>
    <message>
      <source>← Truth</source>
      <translation>← 真值</translation>
    </message>
    <message>
      <source>← Truth · prediction ↓</source>
      <translation>← 真值 · 预测 ↓</translation>
    </message>
  </context>
  <context>
    <name>MetricChoice</name>
    <message>
      <source>Auto · {0}</source>
      <translation>自动 · {0}</translation>
    </message>
    <message>
      <source>Automatic</source>
      <translation>自动</translation>
    </message>
    <message>
      <source>Measure {0}</source>
      <translation>测量 {0}</translation>
    </message>
    <message>
      <source>Metrics</source>
      <translation>指标</translation>
    </message>
    <message>
      <source>What is usual for the losses drawn</source>
      <translation>所画损失常用的指标</translation>
    </message>
    <message>
      <source>Wire a loss that metrics are known for.</source>
      <translation>请连接一个有已知指标的损失。</translation>
    </message>
    <message>
      <source>none fits the losses</source>
      <translation>没有适合这些损失的指标</translation>
    </message>
    <message>
      <source>what is usual</source>
      <translation>常用指标</translation>
    </message>
  </context>
  <context>
    <name>Minimap</name>
    <message>
      <source>Minimap</source>
      <translation>小地图</translation>
    </message>
    <message>
      <source>The whole drawing. Click or drag to look elsewhere.</source>
      <translation>整张图。点击或拖动以查看其他位置。</translation>
    </message>
  </context>
  <context>
    <name>ModuleBox</name>
    <message>
      <source>It is being looked at.</source>
      <translation>正在检查。</translation>
    </message>
    <message>
      <source>Not trusted yet, so it does not run.</source>
      <translation>尚未信任，因此不会运行。</translation>
    </message>
    <message>
      <source>Python module</source>
      <translation>Python 模块</translation>
    </message>
    <message>
      <source>Read ports and options from the file again</source>
      <translation>重新从文件读取端口和选项</translation>
    </message>
    <message>
      <source>Reload</source>
      <translation>重新加载</translation>
    </message>
    <message>
      <source>Reload {}</source>
      <translation>重新加载 {}</translation>
    </message>
    <message>
      <source>The file has changed; Reload reads its options again.</source>
      <translation>文件已更改；“重新加载”会再次读取选项。</translation>
    </message>
    <message>
      <source>Trust</source>
      <translation>信任</translation>
    </message>
    <message>
      <source>Trusted; it runs in a process of its own.</source>
      <translation>已信任；在单独的进程中运行。</translation>
    </message>
    <message>
      <source>{0} of {1}</source>
      <translation>{0} / {1}</translation>
    </message>
  </context>
  <context>
    <name>ModuleDialog</name>
    <message>
      <source>Add</source>
      <translation>添加</translation>
    </message>
    <message>
      <source>Another file…</source>
      <translation>其他文件…</translation>
    </message>
    <message>
      <source>Classes beside the project</source>
      <translation>项目旁边的类</translation>
    </message>
    <message>
      <source>Classes of the .py files beside the project:</source>
      <translation>项目旁边的 .py 文件中的类：</translation>
    </message>
    <message>
      <source>Import path</source>
      <translation>导入路径</translation>
    </message>
    <message>
      <source>Or a class of an installed package; adding it imports it:</source>
      <translation>或已安装包中的类；添加时会导入它：</translation>
    </message>
    <message>
      <source>Python file</source>
      <translation>Python 文件</translation>
    </message>
    <message>
      <source>Python module</source>
      <translation>Python 模块</translation>
    </message>
    <message>
      <source>There is no .py file with a layer beside the project.</source>
      <translation>项目旁边没有包含层的 .py 文件。</translation>
    </message>
  </context>
  <context>
    <name>MyBlocks</name>
    <message>
      <source>Put it back</source>
      <translation>放回去</translation>
    </message>
    <message>
      <source>Replace</source>
      <translation>替换</translation>
    </message>
    <message>
      <source>Replace it with the one of this project?</source>
      <translation>用本项目中的替换它？</translation>
    </message>
    <message>
      <source>Save to my blocks</source>
      <translation>保存到我的块</translation>
    </message>
    <message>
      <source>Select one block first, or enter it.</source>
      <translation>请先选择一个块，或进入它。</translation>
    </message>
    <message>
      <source>There is another “{}” among your blocks.</source>
      <translation>我的块中有另一个“{}”。</translation>
    </message>
    <message>
      <source>There is no “{}” among your blocks.</source>
      <translation>我的块中没有“{}”。</translation>
    </message>
    <message>
      <source>“{}” is among your blocks already, just as it is here.</source>
      <translation>“{}”已在我的块中，与这里完全相同。</translation>
    </message>
    <message>
      <source>“{}” is among your blocks now, for all your projects.</source>
      <translation>“{}”现已在我的块中，可用于所有项目。</translation>
    </message>
    <message>
      <source>“{}” is gone from your blocks; projects keep theirs.</source>
      <translation>“{}”已从我的块中移除；项目中的保留。</translation>
    </message>
    <message>
      <source>“{}” is in this project now.</source>
      <translation>“{}”现已在本项目中。</translation>
    </message>
    <message>
      <source>“{}” is the same among your blocks.</source>
      <translation>“{}”与我的块中的相同。</translation>
    </message>
  </context>
  <context>
    <name>NameField</name>
    <message>
      <source>Name of the block</source>
      <translation>块的名称</translation>
    </message>
    <message>
      <source>The class that the block prints as. Enter takes it.</source>
      <translation>块在代码中的类名。按 Enter 采用。</translation>
    </message>
  </context>
  <context>
    <name>NodePage</name>
    <message>
      <source>Change {0} of {1}</source>
      <translation>更改 {1} 的 {0}</translation>
    </message>
    <message>
      <source>Code</source>
      <translation>代码</translation>
    </message>
    <message>
      <source>Expose {0} of {1}</source>
      <translation>公开 {1} 的 {0}</translation>
    </message>
    <message>
      <source>Fields</source>
      <translation>字段</translation>
    </message>
    <message>
      <source>How much this term counts.</source>
      <translation>该项的权重。</translation>
    </message>
    <message>
      <source>Lines</source>
      <translation>行</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>备注</translation>
    </message>
    <message>
      <source>Note on {0}</source>
      <translation>{0} 的备注</translation>
    </message>
    <message>
      <source>Objective</source>
      <translation>目标</translation>
    </message>
    <message>
      <source>Options</source>
      <translation>选项</translation>
    </message>
    <message>
      <source>Rename {0} to {1}</source>
      <translation>将 {0} 重命名为 {1}</translation>
    </message>
    <message>
      <source>Show line {0} of the code</source>
      <translation>显示代码第 {0} 行</translation>
    </message>
    <message>
      <source>There is a “{0}” already.</source>
      <translation>已有“{0}”。</translation>
    </message>
    <message>
      <source>Use another name.</source>
      <translation>请使用其他名称。</translation>
    </message>
    <message>
      <source>What it is a term of.</source>
      <translation>它是哪个目标的项。</translation>
    </message>
  </context>
  <context>
    <name>NoteField</name>
    <message>
      <source>Anything worth remembering</source>
      <translation>任何值得记录的内容</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>备注</translation>
    </message>
    <message>
      <source>Text of the note</source>
      <translation>便签文字</translation>
    </message>
    <message>
      <source>Title</source>
      <translation>标题</translation>
    </message>
    <message>
      <source>Title of the frame</source>
      <translation>框的标题</translation>
    </message>
    <message>
      <source>Write a note…</source>
      <translation>写便签…</translation>
    </message>
  </context>
  <context>
    <name>NoticeBar</name>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Close this notice</source>
      <translation>关闭此通知</translation>
    </message>
  </context>
  <context>
    <name>Notices</name>
    <message>
      <source>Notices</source>
      <translation>通知</translation>
    </message>
  </context>
  <context>
    <name>Noting</name>
    <message>
      <source>Add note</source>
      <translation>添加便签</translation>
    </message>
    <message>
      <source>Change the colour</source>
      <translation>更改颜色</translation>
    </message>
    <message>
      <source>Delete note</source>
      <translation>删除便签</translation>
    </message>
    <message>
      <source>Fit the frame</source>
      <translation>调整框</translation>
    </message>
    <message>
      <source>Frame {} nodes</source>
      <translation>为 {} 个节点加框</translation>
    </message>
    <message>
      <source>Name frame “{}”</source>
      <translation>将框命名为“{}”</translation>
    </message>
    <message>
      <source>Nothing lies in this frame. Move nodes into it first.</source>
      <translation>框中没有内容。请先把节点移进去。</translation>
    </message>
    <message>
      <source>Write note</source>
      <translation>写便签</translation>
    </message>
  </context>
  <context>
    <name>ObjectiveForm</name>
    <message>
      <source>Add a schedule to the chain</source>
      <translation>在链中添加调度</translation>
    </message>
    <message>
      <source>Fewer settings</source>
      <translation>收起设置</translation>
    </message>
    <message>
      <source>More settings</source>
      <translation>更多设置</translation>
    </message>
    <message>
      <source>Optimize with {0}</source>
      <translation>使用 {0} 优化</translation>
    </message>
    <message>
      <source>Optimizer</source>
      <translation>优化器</translation>
    </message>
    <message>
      <source>Schedule</source>
      <translation>调度</translation>
    </message>
    <message>
      <source>Schedule of the learning rate</source>
      <translation>学习率调度</translation>
    </message>
    <message>
      <source>Schedule {0}</source>
      <translation>调度 {0}</translation>
    </message>
    <message>
      <source>Set {0} to {1}</source>
      <translation>将 {0} 设为 {1}</translation>
    </message>
    <message>
      <source>Take a schedule out of the chain</source>
      <translation>从链中移除调度</translation>
    </message>
    <message>
      <source>The rate follows several schedules, one after the other</source>
      <translation>学习率依次遵循多个调度</translation>
    </message>
    <message>
      <source>Then another schedule</source>
      <translation>然后再加一个调度</translation>
    </message>
    <message>
      <source>{0} · unknown</source>
      <translation>{0} · 未知</translation>
    </message>
  </context>
  <context>
    <name>OutlinePanel</name>
    <message>
      <source>Drag a layer onto the canvas.</source>
      <translation>将层拖到画布上。</translation>
    </message>
    <message>
      <source>Escape clears the filter.</source>
      <translation>按 Escape 清除筛选。</translation>
    </message>
    <message>
      <source>Filter the nodes</source>
      <translation>筛选节点</translation>
    </message>
    <message>
      <source>Filter the outline</source>
      <translation>筛选大纲</translation>
    </message>
    <message>
      <source>No nodes yet</source>
      <translation>还没有节点</translation>
    </message>
    <message>
      <source>Nothing found</source>
      <translation>未找到</translation>
    </message>
    <message>
      <source>Outline of the drawing</source>
      <translation>图的大纲</translation>
    </message>
    <message>
      <source>Show only nodes with these words in name, kind, shape or problem.</source>
      <translation>只显示名称、种类、形状或问题中含有这些词的节点。</translation>
    </message>
  </context>
  <context>
    <name>OutlineRows</name>
    <message>
      <source>Rename {0} to {1}</source>
      <translation>将 {0} 重命名为 {1}</translation>
    </message>
  </context>
  <context>
    <name>OverlayLegend</name>
    <message>
      <source>Measure</source>
      <translation>测量</translation>
    </message>
    <message>
      <source>No overlay</source>
      <translation>无叠加</translation>
    </message>
    <message>
      <source>Run one batch a few times in a process of its own</source>
      <translation>在独立进程中运行一个批次数次</translation>
    </message>
  </context>
  <context>
    <name>Overlaying</name>
    <message>
      <source>Changed since it was measured.</source>
      <translation>测量之后已更改。</translation>
    </message>
    <message>
      <source>Not measured yet.</source>
      <translation>尚未测量。</translation>
    </message>
    <message>
      <source>One batch runs, with initial weights …</source>
      <translation>正以初始权重运行一个批次 …</translation>
    </message>
  </context>
  <context>
    <name>OwnSettings</name>
    <message>
      <source>Change {0} of {1}</source>
      <translation>更改 {1} 的 {0}</translation>
    </message>
    <message>
      <source>Problems silenced</source>
      <translation>不再提示的问题</translation>
    </message>
    <message>
      <source>Structure</source>
      <translation>结构</translation>
    </message>
    <message>
      <source>Tell {0} at {1} again</source>
      <translation>恢复提示 {1} 处的 {0}</translation>
    </message>
    <message>
      <source>The block {} around is frozen, and what is in it with it.</source>
      <translation>外层的块 {} 已冻结，其中的内容也随之冻结。</translation>
    </message>
    <message>
      <source>The weights are those of {}; set there how they train.</source>
      <translation>权重来自 {}；请在那里设置如何训练。</translation>
    </message>
    <message>
      <source>Training</source>
      <translation>训练</translation>
    </message>
    <message>
      <source>What comes out of a turn goes into the next. Formulas of the block's params know the turn as i, from 0: =64 * 2**i.</source>
      <translation>每次重复的输出进入下一次。块选项的公式中用 i 表示次数，从 0 开始：=64 * 2**i。</translation>
    </message>
    <message>
      <source>{} nodes</source>
      <translation>{} 个节点</translation>
    </message>
  </context>
  <context>
    <name>PalettePanel</name>
    <message>
      <source>Layers</source>
      <translation>层</translation>
    </message>
    <message>
      <source>No layer matches “{0}”.</source>
      <translation>没有与“{0}”匹配的层。</translation>
    </message>
    <message>
      <source>Search layers</source>
      <translation>搜索层</translation>
    </message>
    <message>
      <source>This project has another {0}. “Update this project from it” makes it this one, wherever it is used.</source>
      <translation>本项目有另一个 {0}。“按它更新本项目”会把各处都换成它。</translation>
    </message>
    <message>
      <source>{0} · differs here</source>
      <translation>{0} · 此处不同</translation>
    </message>
  </context>
  <context>
    <name>Panes</name>
    <message>
      <source>Panel: {}</source>
      <translation>面板：{}</translation>
    </message>
  </context>
  <context>
    <name>ParamLine</name>
    <message>
      <source>Default of {}</source>
      <translation>{} 的默认值</translation>
    </message>
    <message>
      <source>Move {} up</source>
      <translation>上移 {}</translation>
    </message>
    <message>
      <source>Move {} up, here and in the code</source>
      <translation>上移 {}，此处和代码中都上移</translation>
    </message>
    <message>
      <source>Name of param {}</source>
      <translation>选项 {} 的名称</translation>
    </message>
    <message>
      <source>Remove {}</source>
      <translation>移除 {}</translation>
    </message>
    <message>
      <source>Remove {}: formulas inside take its default</source>
      <translation>移除 {}：内部公式改用其默认值</translation>
    </message>
    <message>
      <source>What it is where an instance chooses nothing</source>
      <translation>实例未选择时的取值</translation>
    </message>
  </context>
  <context>
    <name>ParamRow</name>
    <message>
      <source>Back to {0}</source>
      <translation>恢复为 {0}</translation>
    </message>
    <message>
      <source>Chosen by hand. Click to read it off the input again.</source>
      <translation>手动选择。点击以重新从输入推断。</translation>
    </message>
    <message>
      <source>Expose as a param of the block</source>
      <translation>公开为块的选项</translation>
    </message>
    <message>
      <source>Expose {} as a param of the block</source>
      <translation>将 {} 公开为块的选项</translation>
    </message>
    <message>
      <source>Follow the data: the size changes when the data does.</source>
      <translation>跟随数据：数据变化时尺寸也变化。</translation>
    </message>
    <message>
      <source>Needs a value.</source>
      <translation>需要一个值。</translation>
    </message>
    <message>
      <source>Read off the input. Click to choose another value.</source>
      <translation>由输入推断。点击以选择其他值。</translation>
    </message>
    <message>
      <source>Use {0} ({1})</source>
      <translation>使用 {0}（{1}）</translation>
    </message>
    <message>
      <source>automatic</source>
      <translation>自动</translation>
    </message>
  </context>
  <context>
    <name>PictureDialog</name>
    <message>
      <source>As it is shown</source>
      <translation>与显示相同</translation>
    </message>
    <message>
      <source>Background</source>
      <translation>背景</translation>
    </message>
    <message>
      <source>Choose a file…</source>
      <translation>选择文件…</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>深色</translation>
    </message>
    <message>
      <source>Export the drawing</source>
      <translation>导出图</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>浅色</translation>
    </message>
    <message>
      <source>Scale</source>
      <translation>缩放</translation>
    </message>
    <message>
      <source>The block “{}”</source>
      <translation>块“{}”</translation>
    </message>
    <message>
      <source>The whole drawing</source>
      <translation>整张图</translation>
    </message>
    <message>
      <source>Theme</source>
      <translation>主题</translation>
    </message>
    <message>
      <source>Transparent</source>
      <translation>透明</translation>
    </message>
    <message>
      <source>Transparent background</source>
      <translation>透明背景</translation>
    </message>
    <message>
      <source>What</source>
      <translation>内容</translation>
    </message>
    <message>
      <source>What is selected</source>
      <translation>所选内容</translation>
    </message>
    <message>
      <source>{0} × {1} pixels</source>
      <translation>{0} × {1} 像素</translation>
    </message>
    <message>
      <source>{0} × {1} pixels: too large for PNG, not for SVG and PDF</source>
      <translation>{0} × {1} 像素：对 PNG 过大，SVG 和 PDF 可以</translation>
    </message>
  </context>
  <context>
    <name>PictureGrid</name>
    <message>
      <source>Predictions beside the truth</source>
      <translation>预测与真值对照</translation>
    </message>
  </context>
  <context>
    <name>PictureStrip</name>
    <message>
      <source>Pictures of samples</source>
      <translation>样本图片</translation>
    </message>
    <message>
      <source>Sample {0}</source>
      <translation>样本 {0}</translation>
    </message>
  </context>
  <context>
    <name>PlanForm</name>
    <message>
      <source>0 is automatic: {0} on this machine</source>
      <translation>0 表示自动：本机为 {0}</translation>
    </message>
    <message>
      <source>Another seed</source>
      <translation>换一个随机种子</translation>
    </message>
    <message>
      <source>Auto</source>
      <translation>自动</translation>
    </message>
    <message>
      <source>Auto · {0}</source>
      <translation>自动 · {0}</translation>
    </message>
    <message>
      <source>Device</source>
      <translation>设备</translation>
    </message>
    <message>
      <source>Run</source>
      <translation>运行记录</translation>
    </message>
    <message>
      <source>Set {0} to {1}</source>
      <translation>将 {0} 设为 {1}</translation>
    </message>
    <message>
      <source>Train on {0}</source>
      <translation>在 {0} 上训练</translation>
    </message>
    <message>
      <source>{0} · not on this machine</source>
      <translation>{0} · 本机没有</translation>
    </message>
  </context>
  <context>
    <name>PlanMore</name>
    <message>
      <source>Every batch is read when it is needed, the next ones ahead of it.</source>
      <translation>每个批次在需要时读取，后续批次提前读取。</translation>
    </message>
    <message>
      <source>Held in memory where all samples fit, else read batch by batch.</source>
      <translation>若能容纳全部样本则保留在内存中，否则逐批读取。</translation>
    </message>
    <message>
      <source>Set {0} to {1}</source>
      <translation>将 {0} 设为 {1}</translation>
    </message>
    <message>
      <source>They don’t fit in memory, and are read batch by batch.</source>
      <translation>内存放不下，将逐批读取。</translation>
    </message>
    <message>
      <source>They fit, and are held in memory.</source>
      <translation>可以容纳，保留在内存中。</translation>
    </message>
    <message>
      <source>{0} samples take {1}.</source>
      <translation>{0} 个样本占用 {1}。</translation>
    </message>
  </context>
  <context>
    <name>PlotBar</name>
    <message>
      <source>Choose which curves are shown</source>
      <translation>选择显示哪些曲线</translation>
    </message>
    <message>
      <source>Count epochs along the bottom</source>
      <translation>横轴按轮次</translation>
    </message>
    <message>
      <source>Count steps along the bottom</source>
      <translation>横轴按步</translation>
    </message>
    <message>
      <source>Epochs</source>
      <translation>轮次</translation>
    </message>
    <message>
      <source>Live run</source>
      <translation>当前训练</translation>
    </message>
    <message>
      <source>Log</source>
      <translation>对数</translation>
    </message>
    <message>
      <source>Logarithmic height</source>
      <translation>纵轴取对数</translation>
    </message>
    <message>
      <source>Reset zoom</source>
      <translation>重置缩放</translation>
    </message>
    <message>
      <source>Save as SVG …</source>
      <translation>另存为 SVG …</translation>
    </message>
    <message>
      <source>Save as a picture (PNG) …</source>
      <translation>另存为图片（PNG） …</translation>
    </message>
    <message>
      <source>Save the plots</source>
      <translation>保存图表</translation>
    </message>
    <message>
      <source>Save the values (CSV) …</source>
      <translation>保存数值（CSV） …</translation>
    </message>
    <message>
      <source>Show the run that was begun last</source>
      <translation>显示最近开始的运行记录</translation>
    </message>
    <message>
      <source>Show the whole run (double-click a plot)</source>
      <translation>显示整个运行记录（双击图表）</translation>
    </message>
    <message>
      <source>Smoothing</source>
      <translation>平滑</translation>
    </message>
    <message>
      <source>Smoothing of the thick line</source>
      <translation>粗线的平滑程度</translation>
    </message>
    <message>
      <source>Steps</source>
      <translation>步</translation>
    </message>
    <message>
      <source>This run didn't note when its steps were done.</source>
      <translation>此运行记录没有记下各步完成的时间。</translation>
    </message>
    <message>
      <source>This run doesn't say how long an epoch is.</source>
      <translation>此运行记录没有说明每轮的长度。</translation>
    </message>
    <message>
      <source>Time</source>
      <translation>时间</translation>
    </message>
    <message>
      <source>Time at work along the bottom</source>
      <translation>横轴按训练时间</translation>
    </message>
    <message>
      <source>Write for TensorBoard …</source>
      <translation>为 TensorBoard 写出 …</translation>
    </message>
  </context>
  <context>
    <name>PlotsPanel</name>
    <message>
      <source>No curves yet</source>
      <translation>还没有曲线</translation>
    </message>
    <message>
      <source>Press Train to watch the loss fall, or choose a run among the runs.</source>
      <translation>按“训练”观察损失下降，或在运行记录中选择一个。</translation>
    </message>
    <message>
      <source>Save the curves</source>
      <translation>保存曲线</translation>
    </message>
    <message>
      <source>live</source>
      <translation>实时</translation>
    </message>
    <message>
      <source>{0} runs over each other</source>
      <translation>叠加 {0} 条运行记录</translation>
    </message>
    <message>
      <source>{0} · live</source>
      <translation>{0} · 实时</translation>
    </message>
  </context>
  <context>
    <name>Preferences</name>
    <message>
      <source>Make room there and see that you may write it: until then choices last as long as the window.</source>
      <translation>请腾出空间并确认有写入权限：在此之前，设置只在窗口打开期间有效。</translation>
    </message>
    <message>
      <source>The settings can't be written to {}.</source>
      <translation>无法将设置写入 {}。</translation>
    </message>
  </context>
  <context>
    <name>PreferencesDialog</name>
    <message>
      <source>Another language is spoken from the next start on.</source>
      <translation>更改的语言将在下次启动时生效。</translation>
    </message>
    <message>
      <source>Another project gets a window of its own</source>
      <translation>其他项目在新窗口中打开</translation>
    </message>
    <message>
      <source>Another project takes the place of this one</source>
      <translation>其他项目替换当前项目</translation>
    </message>
    <message>
      <source>At start</source>
      <translation>启动时</translation>
    </message>
    <message>
      <source>Canvas</source>
      <translation>画布</translation>
    </message>
    <message>
      <source>Change shortcuts…</source>
      <translation>更改快捷键…</translation>
    </message>
    <message>
      <source>Colours</source>
      <translation>颜色</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>深色</translation>
    </message>
    <message>
      <source>Follow the system</source>
      <translation>跟随系统</translation>
    </message>
    <message>
      <source>Keyboard</source>
      <translation>键盘</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>语言</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>浅色</translation>
    </message>
    <message>
      <source>Motion</source>
      <translation>动画</translation>
    </message>
    <message>
      <source>Open what was open last</source>
      <translation>打开上次打开的内容</translation>
    </message>
    <message>
      <source>Opening</source>
      <translation>打开方式</translation>
    </message>
    <message>
      <source>Preferences</source>
      <translation>首选项</translation>
    </message>
    <message>
      <source>Safe for colour-blind people</source>
      <translation>色盲友好</translation>
    </message>
    <message>
      <source>Settings, autosaves, runs of unsaved projects and the log are in
{}</source>
      <translation>设置、自动保存、未保存项目的运行记录和日志位于
{}</translation>
    </message>
    <message>
      <source>Show the minimap</source>
      <translation>显示小地图</translation>
    </message>
    <message>
      <source>Standard</source>
      <translation>标准</translation>
    </message>
    <message>
      <source>Theme</source>
      <translation>主题</translation>
    </message>
    <message>
      <source>Things jump: reduced motion</source>
      <translation>直接跳转：减少动画</translation>
    </message>
    <message>
      <source>Things move</source>
      <translation>显示动画</translation>
    </message>
  </context>
  <context>
    <name>Presenting</name>
    <message>
      <source>Escape leaves the presentation.</source>
      <translation>按 Escape 退出演示。</translation>
    </message>
  </context>
  <context>
    <name>Printing</name>
    <message>
      <source>As many as it takes to read</source>
      <translation>按可读性需要的页数</translation>
    </message>
    <message>
      <source>More</source>
      <translation>更多</translation>
    </message>
    <message>
      <source>One sheet</source>
      <translation>一页</translation>
    </message>
    <message>
      <source>Page</source>
      <translation>页面</translation>
    </message>
    <message>
      <source>Print the drawing</source>
      <translation>打印图</translation>
    </message>
    <message>
      <source>Sheets</source>
      <translation>页数</translation>
    </message>
    <message>
      <source>Zoom</source>
      <translation>缩放</translation>
    </message>
    <message>
      <source>{0} of {1}</source>
      <translation>{0} / {1}</translation>
    </message>
  </context>
  <context>
    <name>ProblemCards</name>
    <message>
      <source>Fix: {0}</source>
      <translation>修复：{0}</translation>
    </message>
  </context>
  <context>
    <name>ProblemHelpDialog</name>
    <message>
      <source>Problems</source>
      <translation>问题</translation>
    </message>
    <message>
      <source>Problems explained</source>
      <translation>问题说明</translation>
    </message>
    <message>
      <source>Search</source>
      <translation>搜索</translation>
    </message>
    <message>
      <source>Search problems</source>
      <translation>搜索问题</translation>
    </message>
    <message>
      <source>What it means</source>
      <translation>含义</translation>
    </message>
  </context>
  <context>
    <name>ProblemsPanel</name>
    <message>
      <source>More: {}</source>
      <translation>更多：{}</translation>
    </message>
    <message>
      <source>No problems. The drawing can be built.</source>
      <translation>没有问题。可以构建该图。</translation>
    </message>
    <message>
      <source>Nothing of the severities that are switched on.</source>
      <translation>所选严重级别中没有问题。</translation>
    </message>
    <message>
      <source>Nothing to check yet. Drag a layer from the palette onto the canvas.</source>
      <translation>还没有可检查的内容。请从组件面板将层拖到画布上。</translation>
    </message>
    <message>
      <source>Problems</source>
      <translation>问题</translation>
    </message>
    <message>
      <source>Show or hide: {0}</source>
      <translation>显示或隐藏：{0}</translation>
    </message>
    <message>
      <source>Show what was silenced, to have it told again</source>
      <translation>显示不再提示的问题，以便恢复提示</translation>
    </message>
    <message>
      <source>Silence it, or learn more</source>
      <translation>不再提示，或了解更多</translation>
    </message>
    <message>
      <source>Silenced {}</source>
      <translation>不再提示 {}</translation>
    </message>
    <message>
      <source>and {0} more</source>
      <translation>以及另外 {0} 个</translation>
    </message>
  </context>
  <context>
    <name>ProjectPage</name>
    <message>
      <source>1 error</source>
      <translation>1 个错误</translation>
    </message>
    <message>
      <source>1 warning</source>
      <translation>1 个警告</translation>
    </message>
    <message>
      <source>2 × multiply-adds, forward, one sample: {0}</source>
      <translation>2 × 乘加，前向，单个样本：{0}</translation>
    </message>
    <message>
      <source>Change the title</source>
      <translation>更改标题</translation>
    </message>
    <message>
      <source>Describe the project</source>
      <translation>描述项目</translation>
    </message>
    <message>
      <source>Estimated peak of one training step with {0} samples</source>
      <translation>{0} 个样本的一个训练步的估计峰值</translation>
    </message>
    <message>
      <source>FLOPs</source>
      <translation>FLOPs</translation>
    </message>
    <message>
      <source>Memory a step</source>
      <translation>每步内存</translation>
    </message>
    <message>
      <source>No problems</source>
      <translation>没有问题</translation>
    </message>
    <message>
      <source>Nodes</source>
      <translation>节点</translation>
    </message>
    <message>
      <source>Parameters</source>
      <translation>参数</translation>
    </message>
    <message>
      <source>Project</source>
      <translation>项目</translation>
    </message>
    <message>
      <source>Select a node to see and change its options.</source>
      <translation>选择一个节点以查看和更改其选项。</translation>
    </message>
    <message>
      <source>Title of the project</source>
      <translation>项目标题</translation>
    </message>
    <message>
      <source>What it is for</source>
      <translation>用途</translation>
    </message>
    <message>
      <source>What the project is for</source>
      <translation>项目的用途</translation>
    </message>
    <message>
      <source>{0} errors</source>
      <translation>{0} 个错误</translation>
    </message>
    <message>
      <source>{1} warnings</source>
      <translation>{1} 个警告</translation>
    </message>
  </context>
  <context>
    <name>QObject</name>
    <message>
      <source>Add a node…</source>
      <translation>添加节点…</translation>
    </message>
    <message>
      <source>Add a note…</source>
      <translation>添加便签…</translation>
    </message>
    <message>
      <source>Bypass</source>
      <translation>旁路</translation>
    </message>
    <message>
      <source>Climb out of the block</source>
      <translation>退出块</translation>
    </message>
    <message>
      <source>Colour</source>
      <translation>颜色</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>复制</translation>
    </message>
    <message>
      <source>Cut</source>
      <translation>剪切</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>删除</translation>
    </message>
    <message>
      <source>Delete and join the wire</source>
      <translation>删除并接通连线</translation>
    </message>
    <message>
      <source>Delete wire</source>
      <translation>删除连线</translation>
    </message>
    <message>
      <source>Detach wire</source>
      <translation>断开连线</translation>
    </message>
    <message>
      <source>Duplicate</source>
      <translation>复制一份</translation>
    </message>
    <message>
      <source>Edit the text</source>
      <translation>编辑文字</translation>
    </message>
    <message>
      <source>Edit the title</source>
      <translation>编辑标题</translation>
    </message>
    <message>
      <source>Enter the block</source>
      <translation>进入块</translation>
    </message>
    <message>
      <source>Fit it to what lies in it</source>
      <translation>适应内容大小</translation>
    </message>
    <message>
      <source>Fold repeats</source>
      <translation>折叠重复部分</translation>
    </message>
    <message>
      <source>Frame {}</source>
      <translation>框 {}</translation>
    </message>
    <message>
      <source>Freeze weights</source>
      <translation>冻结权重</translation>
    </message>
    <message>
      <source>Go to the other end</source>
      <translation>转到另一端</translation>
    </message>
    <message>
      <source>Insert a node here…</source>
      <translation>在此插入节点…</translation>
    </message>
    <message>
      <source>Insert into wire</source>
      <translation>插入连线中</translation>
    </message>
    <message>
      <source>Look closer</source>
      <translation>放大查看</translation>
    </message>
    <message>
      <source>Make a block</source>
      <translation>组成块</translation>
    </message>
    <message>
      <source>Make it unique</source>
      <translation>设为独立</translation>
    </message>
    <message>
      <source>Minimap</source>
      <translation>小地图</translation>
    </message>
    <message>
      <source>Mute</source>
      <translation>静音</translation>
    </message>
    <message>
      <source>No port fits {0}.{1}. Space adds a node, Tab takes another port, Escape ends.</source>
      <translation>没有端口适合 {0}.{1}。空格添加节点，Tab 换端口，Escape 结束。</translation>
    </message>
    <message>
      <source>Note: {}</source>
      <translation>便签：{}</translation>
    </message>
    <message>
      <source>Off the wires. Drop it to leave it so; Escape goes back.</source>
      <translation>已脱离连线。松开即保持如此；按 Escape 还原。</translation>
    </message>
    <message>
      <source>Open the probe's card</source>
      <translation>打开探针卡片</translation>
    </message>
    <message>
      <source>Paste</source>
      <translation>粘贴</translation>
    </message>
    <message>
      <source>Pin</source>
      <translation>固定</translation>
    </message>
    <message>
      <source>Probe</source>
      <translation>探针</translation>
    </message>
    <message>
      <source>Problems</source>
      <translation>问题</translation>
    </message>
    <message>
      <source>Put a dot here</source>
      <translation>在此添加折点</translation>
    </message>
    <message>
      <source>Put a frame around</source>
      <translation>加框</translation>
    </message>
    <message>
      <source>Runs</source>
      <translation>运行记录</translation>
    </message>
    <message>
      <source>Save to my blocks</source>
      <translation>保存到我的块</translation>
    </message>
    <message>
      <source>Select all</source>
      <translation>全选</translation>
    </message>
    <message>
      <source>Select what lies in it</source>
      <translation>选择其中的内容</translation>
    </message>
    <message>
      <source>Share weights</source>
      <translation>共享权重</translation>
    </message>
    <message>
      <source>Show as two stubs</source>
      <translation>显示为两段短线</translation>
    </message>
    <message>
      <source>Show everything</source>
      <translation>显示全部</translation>
    </message>
    <message>
      <source>Show its settings</source>
      <translation>显示设置</translation>
    </message>
    <message>
      <source>Shut the probe's card</source>
      <translation>关闭探针卡片</translation>
    </message>
    <message>
      <source>Swap inputs</source>
      <translation>交换输入</translation>
    </message>
    <message>
      <source>Take off the dot</source>
      <translation>移除折点</translation>
    </message>
    <message>
      <source>Tidy up</source>
      <translation>整理</translation>
    </message>
    <message>
      <source>Tidy up downwards</source>
      <translation>向下整理</translation>
    </message>
    <message>
      <source>Tidy up selection</source>
      <translation>整理所选内容</translation>
    </message>
    <message>
      <source>Unpack the block</source>
      <translation>拆开块</translation>
    </message>
    <message>
      <source>Unshare weights</source>
      <translation>取消共享权重</translation>
    </message>
    <message>
      <source>What can be done here</source>
      <translation>此处可用的操作</translation>
    </message>
    <message>
      <source>{0} wires to {1}. Arrows choose, Enter wires them, Escape ends.</source>
      <translation>{0} 条连线到 {1}。方向键选择，Enter 连接，Escape 结束。</translation>
    </message>
    <message>
      <source>{0}, around {1}</source>
      <translation>{0}，围住 {1}</translation>
    </message>
    <message>
      <source>{0}.{1} to {2}.{3}. Arrows choose, Enter wires; Tab: another port, Space: a new node.</source>
      <translation>{0}.{1} 到 {2}.{3}。方向键选择，Enter 连接；Tab：换端口，空格：新节点。</translation>
    </message>
    <message>
      <source>{0}.{1} to {2}.{3}. Arrows put this end elsewhere, Tab the other, Enter ends.</source>
      <translation>{0}.{1} 到 {2}.{3}。方向键移动这一端，Tab 换另一端，Enter 完成。</translation>
    </message>
    <message>
      <source>{} nodes selected</source>
      <translation>已选择 {} 个节点</translation>
    </message>
  </context>
  <context>
    <name>QueueList</name>
    <message>
      <source>Earlier</source>
      <translation>提前</translation>
    </message>
    <message>
      <source>Later</source>
      <translation>推后</translation>
    </message>
    <message>
      <source>Start the next</source>
      <translation>开始下一个</translation>
    </message>
    <message>
      <source>Take out</source>
      <translation>移出</translation>
    </message>
    <message>
      <source>Waiting</source>
      <translation>等待中</translation>
    </message>
  </context>
  <context>
    <name>QuittingDialog</name>
    <message>
      <source>Let runs in a process of their own go on</source>
      <translation>让独立进程中的训练继续</translation>
    </message>
    <message>
      <source>Not saved to a file yet</source>
      <translation>尚未保存到文件</translation>
    </message>
    <message>
      <source>Projects to save</source>
      <translation>要保存的项目</translation>
    </message>
    <message>
      <source>Quit Netwright</source>
      <translation>退出 Netwright</translation>
    </message>
    <message>
      <source>Quit without saving</source>
      <translation>不保存并退出</translation>
    </message>
    <message>
      <source>Runs are stopped; their weights are kept.</source>
      <translation>训练将停止；其权重会保留。</translation>
    </message>
    <message>
      <source>Save and quit</source>
      <translation>保存并退出</translation>
    </message>
    <message>
      <source>Tick what shall be saved before all windows close.</source>
      <translation>勾选关闭所有窗口前要保存的项目。</translation>
    </message>
    <message>
      <source>{}: a run is under way</source>
      <translation>{}：正在训练</translation>
    </message>
    <message>
      <source>{}: unsaved changes</source>
      <translation>{}：有未保存的更改</translation>
    </message>
    <message>
      <source>{}: unsaved changes, and a run is under way</source>
      <translation>{}：有未保存的更改，且正在训练</translation>
    </message>
  </context>
  <context>
    <name>RatePreview</name>
    <message>
      <source>Learning rate over the run</source>
      <translation>训练过程中的学习率</translation>
    </message>
    <message>
      <source>Learning rate: begins at {0}, highest {1}, ends at {2}</source>
      <translation>学习率：起始 {0}，最高 {1}，结束 {2}</translation>
    </message>
    <message>
      <source>peak {0}</source>
      <translation>峰值 {0}</translation>
    </message>
  </context>
  <context>
    <name>ReadingOptions</name>
    <message>
      <source>Color</source>
      <translation>彩色</translation>
    </message>
    <message>
      <source>Color of the pictures</source>
      <translation>图像的颜色</translation>
    </message>
    <message>
      <source>Gray</source>
      <translation>灰度</translation>
    </message>
    <message>
      <source>Height of the pictures</source>
      <translation>图像高度</translation>
    </message>
    <message>
      <source>Predict</source>
      <translation>预测</translation>
    </message>
    <message>
      <source>Read as</source>
      <translation>读取为</translation>
    </message>
    <message>
      <source>What to predict</source>
      <translation>要预测的内容</translation>
    </message>
    <message>
      <source>Width of the pictures</source>
      <translation>图像宽度</translation>
    </message>
  </context>
  <context>
    <name>ResultsPanel</name>
    <message>
      <source>Ask the model again</source>
      <translation>再次询问模型</translation>
    </message>
    <message>
      <source>Best</source>
      <translation>最好</translation>
    </message>
    <message>
      <source>Best answers first</source>
      <translation>最好的回答在前</translation>
    </message>
    <message>
      <source>Best weights</source>
      <translation>最佳权重</translation>
    </message>
    <message>
      <source>Choose data, draw a network and train it.</source>
      <translation>请选择数据，画一个网络并训练。</translation>
    </message>
    <message>
      <source>Column of the target</source>
      <translation>目标的列</translation>
    </message>
    <message>
      <source>Last weights</source>
      <translation>最后的权重</translation>
    </message>
    <message>
      <source>No results yet</source>
      <translation>尚无结果</translation>
    </message>
    <message>
      <source>Off by {0} on average</source>
      <translation>平均偏差 {0}</translation>
    </message>
    <message>
      <source>One moment</source>
      <translation>请稍候</translation>
    </message>
    <message>
      <source>Output</source>
      <translation>输出</translation>
    </message>
    <message>
      <source>Residuals</source>
      <translation>残差</translation>
    </message>
    <message>
      <source>Show prediction minus truth</source>
      <translation>显示预测减真值</translation>
    </message>
    <message>
      <source>Show the best answers</source>
      <translation>显示最好的回答</translation>
    </message>
    <message>
      <source>Show the worst answers</source>
      <translation>显示最差的回答</translation>
    </message>
    <message>
      <source>That did not work</source>
      <translation>没有成功</translation>
    </message>
    <message>
      <source>The chosen sample, and those like it</source>
      <translation>所选样本及类似样本</translation>
    </message>
    <message>
      <source>The model answers every sample.</source>
      <translation>模型正在回答每个样本。</translation>
    </message>
    <message>
      <source>Those of the best epoch</source>
      <translation>最佳轮次的权重</translation>
    </message>
    <message>
      <source>Those that it ended with</source>
      <translation>结束时的权重</translation>
    </message>
    <message>
      <source>Worst</source>
      <translation>最差</translation>
    </message>
    <message>
      <source>Worst answers first</source>
      <translation>最差的回答在前</translation>
    </message>
    <message>
      <source>best weights</source>
      <translation>最佳权重</translation>
    </message>
    <message>
      <source>false alarm</source>
      <translation>误报</translation>
    </message>
    <message>
      <source>found</source>
      <translation>找到</translation>
    </message>
    <message>
      <source>input, truth, prediction</source>
      <translation>输入、真值、预测</translation>
    </message>
    <message>
      <source>last weights</source>
      <translation>最后的权重</translation>
    </message>
    <message>
      <source>missed</source>
      <translation>漏报</translation>
    </message>
    <message>
      <source>rightly none</source>
      <translation>正确地没有</translation>
    </message>
    <message>
      <source>training</source>
      <translation>训练</translation>
    </message>
    <message>
      <source>truth, prediction</source>
      <translation>真值、预测</translation>
    </message>
    <message>
      <source>validation</source>
      <translation>验证</translation>
    </message>
    <message>
      <source>{0} of {1}</source>
      <translation>{1} 中的 {0}</translation>
    </message>
    <message>
      <source>{0} right</source>
      <translation>正确 {0}</translation>
    </message>
    <message>
      <source>{0} right · {1} of {2} wrong</source>
      <translation>正确 {0} · {2} 个中 {1} 个错误</translation>
    </message>
    <message>
      <source>{0} {1} samples · {2}, {3}</source>
      <translation>{0} 个{1}样本 · {2}，{3}</translation>
    </message>
  </context>
  <context>
    <name>Routing</name>
    <message>
      <source>Put a dot on the wire</source>
      <translation>在连线上添加折点</translation>
    </message>
  </context>
  <context>
    <name>RunDetails</name>
    <message>
      <source>Favourite</source>
      <translation>收藏</translation>
    </message>
    <message>
      <source>Name of the run</source>
      <translation>运行记录的名称</translation>
    </message>
    <message>
      <source>Show its curves</source>
      <translation>显示其曲线</translation>
    </message>
    <message>
      <source>Tags</source>
      <translation>标签</translation>
    </message>
    <message>
      <source>Tags, with commas between</source>
      <translation>标签，用逗号分隔</translation>
    </message>
    <message>
      <source>The environment is another: {0}.</source>
      <translation>环境不同：{0}。</translation>
    </message>
    <message>
      <source>best epoch</source>
      <translation>最佳轮次</translation>
    </message>
    <message>
      <source>parameters</source>
      <translation>参数</translation>
    </message>
  </context>
  <context>
    <name>RunDifferences</name>
    <message>
      <source>Comparing …</source>
      <translation>正在比较 …</translation>
    </message>
    <message>
      <source>Differs</source>
      <translation>差异</translation>
    </message>
    <message>
      <source>Nothing differs between them but what they came to.</source>
      <translation>除了结果之外没有差异。</translation>
    </message>
    <message>
      <source>Runs: {0} · differences: {1}</source>
      <translation>运行记录：{0} · 差异：{1}</translation>
    </message>
  </context>
  <context>
    <name>RunProgress</name>
    <message>
      <source>Epoch {} / {}</source>
      <translation>轮次 {} / {}</translation>
    </message>
    <message>
      <source>Progress of the run</source>
      <translation>训练进度</translation>
    </message>
    <message>
      <source>{} left</source>
      <translation>剩余 {}</translation>
    </message>
    <message>
      <source>{} samples/s</source>
      <translation>{} 样本/秒</translation>
    </message>
  </context>
  <context>
    <name>RunQueue</name>
    <message>
      <source>{0} seeds: {1}.</source>
      <translation>{0} 个种子：{1}。</translation>
    </message>
    <message>
      <source>{0}, seed {1}</source>
      <translation>{0}，种子 {1}</translation>
    </message>
  </context>
  <context>
    <name>RunStatus</name>
    <message>
      <source>A step is one CUDA graph, made in {0}.</source>
      <translation>每步为一个 CUDA 图，用时 {0} 生成。</translation>
    </message>
    <message>
      <source>Another program trains this run; it goes on when this window closes.</source>
      <translation>另一个程序正在进行此训练；关闭本窗口后训练仍会继续。</translation>
    </message>
    <message>
      <source>Compiled ({0}) in {1}, in one piece.</source>
      <translation>已编译（{0}），用时 {1}，为一个整体。</translation>
    </message>
    <message>
      <source>Compiled ({0}) in {1}: {2} graphs, parted by: {3}</source>
      <translation>已编译（{0}），用时 {1}：{2} 个图，分隔处：{3}</translation>
    </message>
    <message>
      <source>Data and model load.</source>
      <translation>正在加载数据和模型。</translation>
    </message>
    <message>
      <source>Done: {0} epochs in {1}.</source>
      <translation>完成：{0} 个轮次，用时 {1}。</translation>
    </message>
    <message>
      <source>End the run; what it learned is kept</source>
      <translation>结束训练；已学到的内容会保留</translation>
    </message>
    <message>
      <source>Epoch {0} / {1}</source>
      <translation>轮次 {0} / {1}</translation>
    </message>
    <message>
      <source>Go on with the run</source>
      <translation>继续训练</translation>
    </message>
    <message>
      <source>Hold the run after this step</source>
      <translation>在这一步之后暂停训练</translation>
    </message>
    <message>
      <source>Interrupted after {0} epochs; its state is saved.</source>
      <translation>在 {0} 个轮次后中断；状态已保存。</translation>
    </message>
    <message>
      <source>Loss</source>
      <translation>损失</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>暂停</translation>
    </message>
    <message>
      <source>Preparing …</source>
      <translation>正在准备 …</translation>
    </message>
    <message>
      <source>Progress of the run</source>
      <translation>训练进度</translation>
    </message>
    <message>
      <source>Restart with what fits</source>
      <translation>保留适用部分重新开始</translation>
    </message>
    <message>
      <source>Resume</source>
      <translation>继续</translation>
    </message>
    <message>
      <source>Samples are held in memory.</source>
      <translation>样本保留在内存中。</translation>
    </message>
    <message>
      <source>Samples are read batch by batch.</source>
      <translation>样本逐批读取。</translation>
    </message>
    <message>
      <source>Samples are read by a process of its own.</source>
      <translation>样本由独立进程读取。</translation>
    </message>
    <message>
      <source>Samples are read by {0} processes.</source>
      <translation>样本由 {0} 个进程读取。</translation>
    </message>
    <message>
      <source>Step {0} of {1}</source>
      <translation>第 {0} 步，共 {1} 步</translation>
    </message>
    <message>
      <source>Steps are not compiled: {0}</source>
      <translation>各步未编译：{0}</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>Stopped after {0} epochs; what it learned is kept.</source>
      <translation>在 {0} 个轮次后停止；已学到的内容会保留。</translation>
    </message>
    <message>
      <source>Stopping …</source>
      <translation>正在停止 …</translation>
    </message>
    <message>
      <source>The drawing has moved on since this run began.</source>
      <translation>此次训练开始后，图已有改动。</translation>
    </message>
    <message>
      <source>The run saves its state.</source>
      <translation>正在保存训练状态。</translation>
    </message>
    <message>
      <source>Train</source>
      <translation>训练</translation>
    </message>
    <message>
      <source>Train the drawing as it is now, with this run's weights where they fit</source>
      <translation>训练当前的图，适用之处沿用此次训练的权重</translation>
    </message>
    <message>
      <source>Train the drawing by this plan</source>
      <translation>按此计划训练该图</translation>
    </message>
    <message>
      <source>train</source>
      <translation>训练</translation>
    </message>
    <message>
      <source>validation</source>
      <translation>验证</translation>
    </message>
    <message>
      <source>{0} left</source>
      <translation>剩余 {0}</translation>
    </message>
    <message>
      <source>{0} samples/s</source>
      <translation>{0} 样本/秒</translation>
    </message>
  </context>
  <context>
    <name>Runner</name>
    <message>
      <source>Training ended by a mistake of Netwright's.</source>
      <translation>训练因 Netwright 自身的错误而终止。</translation>
    </message>
    <message>
      <source>What was saved before it is still good.</source>
      <translation>此前保存的内容仍然有效。</translation>
    </message>
  </context>
  <context>
    <name>Running</name>
    <message>
      <source>A run was broken off after {0} of {1} epochs.</source>
      <translation>一次训练在 {1} 轮中的第 {0} 轮后中断。</translation>
    </message>
    <message>
      <source>Discard</source>
      <translation>丢弃</translation>
    </message>
    <message>
      <source>Find the largest batch</source>
      <translation>寻找最大批次</translation>
    </message>
    <message>
      <source>Follow</source>
      <translation>跟随</translation>
    </message>
    <message>
      <source>It goes on from step {0}.</source>
      <translation>将从第 {0} 步继续。</translation>
    </message>
    <message>
      <source>Nothing of it is saved yet: it begins again.</source>
      <translation>尚未保存任何内容：将重新开始。</translation>
    </message>
    <message>
      <source>Resume</source>
      <translation>继续</translation>
    </message>
    <message>
      <source>Run in a separate process</source>
      <translation>在独立进程中训练</translation>
    </message>
    <message>
      <source>Show</source>
      <translation>显示</translation>
    </message>
    <message>
      <source>Show its curves</source>
      <translation>显示其曲线</translation>
    </message>
    <message>
      <source>Start the next</source>
      <translation>开始下一个</translation>
    </message>
    <message>
      <source>The run was stopped. Still waiting: {0}.</source>
      <translation>训练已停止。仍在等待：{0}。</translation>
    </message>
    <message>
      <source>The run “{0}” of this project is under way in another program.</source>
      <translation>此项目的运行记录“{0}”正在另一个程序中训练。</translation>
    </message>
    <message>
      <source>This run has a process of its own: another window trains in this one.</source>
      <translation>此训练使用独立进程：另一个窗口正在当前进程中训练。</translation>
    </message>
    <message>
      <source>Train them</source>
      <translation>开始训练</translation>
    </message>
    <message>
      <source>{0} runs still waited when Netwright ended: {1}.</source>
      <translation>Netwright 结束时仍有 {0} 个训练在等待：{1}。</translation>
    </message>
  </context>
  <context>
    <name>RunsPanel</name>
    <message>
      <source>Choose a run to name it; with Ctrl or Shift several, to compare them.</source>
      <translation>选择一条运行记录可为其命名；按住 Ctrl 或 Shift 选择多条可进行比较。</translation>
    </message>
    <message>
      <source>Copy its id</source>
      <translation>复制 ID</translation>
    </message>
    <message>
      <source>Duplicate with a change …</source>
      <translation>复制并更改 …</translation>
    </message>
    <message>
      <source>Each press of Train leaves a run here, with its curves and its weights.</source>
      <translation>每次点击“训练”都会在此留下一条运行记录，包含曲线和权重。</translation>
    </message>
    <message>
      <source>Export its model …</source>
      <translation>导出模型 …</translation>
    </message>
    <message>
      <source>Favourite</source>
      <translation>收藏</translation>
    </message>
    <message>
      <source>Favourites only</source>
      <translation>仅收藏</translation>
    </message>
    <message>
      <source>Filter by name, tag, note or state</source>
      <translation>按名称、标签、备注或状态筛选</translation>
    </message>
    <message>
      <source>Filter the runs</source>
      <translation>筛选运行记录</translation>
    </message>
    <message>
      <source>Follow</source>
      <translation>跟随</translation>
    </message>
    <message>
      <source>Follow no more</source>
      <translation>不再跟随</translation>
    </message>
    <message>
      <source>In the trash beside the runs: {0}.</source>
      <translation>已移到运行记录旁的回收站：{0}。</translation>
    </message>
    <message>
      <source>It ended as planned; train again for more epochs.</source>
      <translation>已按计划结束；要训练更多轮次，请再次训练。</translation>
    </message>
    <message>
      <source>It has lost its project.</source>
      <translation>其项目已丢失。</translation>
    </message>
    <message>
      <source>Move to the trash</source>
      <translation>移到回收站</translation>
    </message>
    <message>
      <source>No epoch of it is over yet.</source>
      <translation>尚未完成任何轮次。</translation>
    </message>
    <message>
      <source>No runs yet</source>
      <translation>还没有运行记录</translation>
    </message>
    <message>
      <source>Open its folder</source>
      <translation>打开所在文件夹</translation>
    </message>
    <message>
      <source>Open its project</source>
      <translation>打开所属项目</translation>
    </message>
    <message>
      <source>Rename</source>
      <translation>重命名</translation>
    </message>
    <message>
      <source>Resume</source>
      <translation>继续</translation>
    </message>
    <message>
      <source>Run again</source>
      <translation>重新训练</translation>
    </message>
    <message>
      <source>Show its curves</source>
      <translation>显示曲线</translation>
    </message>
    <message>
      <source>Take back from the trash</source>
      <translation>从回收站还原</translation>
    </message>
    <message>
      <source>The run is under way; stop it.</source>
      <translation>正在训练；请先停止。</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>撤销</translation>
    </message>
    <message>
      <source>{0} runs</source>
      <translation>{0} 条运行记录</translation>
    </message>
  </context>
  <context>
    <name>SampleSource</name>
    <message>
      <source>No samples</source>
      <translation>没有样本</translation>
    </message>
    <message>
      <source>The samples are read.</source>
      <translation>正在读取样本。</translation>
    </message>
  </context>
  <context>
    <name>SampleTable</name>
    <message>
      <source>Rows of samples</source>
      <translation>样本行</translation>
    </message>
  </context>
  <context>
    <name>SampleView</name>
    <message>
      <source>All</source>
      <translation>全部</translation>
    </message>
    <message>
      <source>Next page</source>
      <translation>下一页</translation>
    </message>
    <message>
      <source>Page before</source>
      <translation>上一页</translation>
    </message>
    <message>
      <source>Show others, drawn at random</source>
      <translation>随机抽取并显示其他样本</translation>
    </message>
    <message>
      <source>Test</source>
      <translation>测试</translation>
    </message>
    <message>
      <source>Training</source>
      <translation>训练</translation>
    </message>
    <message>
      <source>Validation</source>
      <translation>验证</translation>
    </message>
    <message>
      <source>Which samples to show</source>
      <translation>要显示哪些样本</translation>
    </message>
    <message>
      <source>{0} of {1}</source>
      <translation>{0} / {1}</translation>
    </message>
  </context>
  <context>
    <name>Scatter</name>
    <message>
      <source>Prediction minus truth, over truth</source>
      <translation>预测减真值（横轴为真值）</translation>
    </message>
    <message>
      <source>Prediction over truth</source>
      <translation>预测（横轴为真值）</translation>
    </message>
    <message>
      <source>Truth</source>
      <translation>真值</translation>
    </message>
    <message>
      <source>Truth {0}, prediction {1}</source>
      <translation>真值 {0}，预测 {1}</translation>
    </message>
  </context>
  <context>
    <name>ScheduleBox</name>
    <message>
      <source>Schedule {0}</source>
      <translation>调度 {0}</translation>
    </message>
    <message>
      <source>Take this schedule out of the chain</source>
      <translation>将此调度移出链</translation>
    </message>
    <message>
      <source>then</source>
      <translation>然后</translation>
    </message>
  </context>
  <context>
    <name>Search</name>
    <message>
      <source>Enter places it, Shift+Enter hangs it on the selected node.</source>
      <translation>按 Enter 放置，按 Shift+Enter 接到所选节点上。</translation>
    </message>
    <message>
      <source>Kinds that match</source>
      <translation>匹配的种类</translation>
    </message>
    <message>
      <source>Nothing is called that. Try fewer letters.</source>
      <translation>没有匹配的名称。请试试少输入几个字母。</translation>
    </message>
    <message>
      <source>Search for a node to add</source>
      <translation>搜索要添加的节点</translation>
    </message>
    <message>
      <source>Search layers, losses, operations</source>
      <translation>搜索层、损失、运算</translation>
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
      <translation>参数</translation>
    </message>
    <message>
      <source>{0} nodes</source>
      <translation>{0} 个节点</translation>
    </message>
  </context>
  <context>
    <name>SeveralParams</name>
    <message>
      <source>Change {0} of {1} nodes</source>
      <translation>更改 {1} 个节点的 {0}</translation>
    </message>
    <message>
      <source>Options in common</source>
      <translation>共有选项</translation>
    </message>
    <message>
      <source>These nodes have no options in common.</source>
      <translation>这些节点没有共有选项。</translation>
    </message>
  </context>
  <context>
    <name>SharingBox</name>
    <message>
      <source>Its weights are used by {} too.</source>
      <translation>{} 也使用它的权重。</translation>
    </message>
    <message>
      <source>Tie {} to</source>
      <translation>将 {} 绑定到</translation>
    </message>
    <message>
      <source>Uses the weights and options of {}.</source>
      <translation>使用 {} 的权重和选项。</translation>
    </message>
    <message>
      <source>Weights of</source>
      <translation>权重来自</translation>
    </message>
    <message>
      <source>its own</source>
      <translation>自身</translation>
    </message>
    <message>
      <source>{0} is no layer that {1} could use, so it has its own weights.</source>
      <translation>{0} 不是 {1} 可以共用的层，因此使用自身的权重。</translation>
    </message>
  </context>
  <context>
    <name>ShortcutTree</name>
    <message>
      <source>Canvas, always the same</source>
      <translation>画布，固定不变</translation>
    </message>
    <message>
      <source>Command</source>
      <translation>命令</translation>
    </message>
    <message>
      <source>Commands and their keys</source>
      <translation>命令及其快捷键</translation>
    </message>
    <message>
      <source>Default: {}</source>
      <translation>默认：{}</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>快捷键</translation>
    </message>
    <message>
      <source>Panels</source>
      <translation>面板</translation>
    </message>
    <message>
      <source>no keys</source>
      <translation>无快捷键</translation>
    </message>
    <message>
      <source>none</source>
      <translation>无</translation>
    </message>
  </context>
  <context>
    <name>ShortcutsDialog</name>
    <message>
      <source>All back to default</source>
      <translation>全部恢复默认</translation>
    </message>
    <message>
      <source>All commands have their default keys.</source>
      <translation>所有命令均使用默认快捷键。</translation>
    </message>
    <message>
      <source>Back to default</source>
      <translation>恢复默认</translation>
    </message>
    <message>
      <source>Keyboard shortcuts</source>
      <translation>键盘快捷键</translation>
    </message>
    <message>
      <source>Keys of {}</source>
      <translation>{} 的快捷键</translation>
    </message>
    <message>
      <source>No command had other keys.</source>
      <translation>没有命令改过快捷键。</translation>
    </message>
    <message>
      <source>No keys</source>
      <translation>无快捷键</translation>
    </message>
    <message>
      <source>Press the keys for this command. Esc leaves it as it is.</source>
      <translation>请按下此命令的快捷键。按 Esc 保持不变。</translation>
    </message>
    <message>
      <source>Search by command or keys</source>
      <translation>按命令或快捷键搜索</translation>
    </message>
    <message>
      <source>Search shortcuts</source>
      <translation>搜索快捷键</translation>
    </message>
    <message>
      <source>Take it from “{}”</source>
      <translation>从“{}”取用</translation>
    </message>
    <message>
      <source>The keys that you chose are back.</source>
      <translation>已恢复自选的快捷键。</translation>
    </message>
    <message>
      <source>These keys always mean the same.</source>
      <translation>这些按键的含义固定不变。</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>撤销</translation>
    </message>
    <message>
      <source>{0} is what “{1}” has. Press others, or take it from there.</source>
      <translation>{0} 已被“{1}”占用。请按其他键，或从该命令取用。</translation>
    </message>
    <message>
      <source>“{0}” has {1} now, and “{2}” has no keys.</source>
      <translation>“{0}”现在使用 {1}，“{2}”没有快捷键。</translation>
    </message>
    <message>
      <source>“{0}” has {1} now.</source>
      <translation>“{0}”现在使用 {1}。</translation>
    </message>
    <message>
      <source>“{}” has no keys now.</source>
      <translation>“{}”现在没有快捷键。</translation>
    </message>
  </context>
  <context>
    <name>SilenceBox</name>
    <message>
      <source>Tell again</source>
      <translation>恢复提示</translation>
    </message>
    <message>
      <source>Tell again: {}</source>
      <translation>恢复提示：{}</translation>
    </message>
    <message>
      <source>Undo the silence of “{}” at this node</source>
      <translation>在此节点恢复“{}”的提示</translation>
    </message>
  </context>
  <context>
    <name>SilencedList</name>
    <message>
      <source>Problems silenced</source>
      <translation>不再提示的问题</translation>
    </message>
    <message>
      <source>Tell again</source>
      <translation>恢复提示</translation>
    </message>
    <message>
      <source>Tell again: {0} at {1}</source>
      <translation>恢复提示：{1} 处的 {0}</translation>
    </message>
  </context>
  <context>
    <name>SizeField</name>
    <message>
      <source>A word instead of a number: {0}</source>
      <translation>用词语代替数字：{0}</translation>
    </message>
    <message>
      <source>Link the axes of {0}</source>
      <translation>联动 {0} 的各轴</translation>
    </message>
    <message>
      <source>One number an axis. Click for one number for all axes.</source>
      <translation>每个轴一个数字。点击改为所有轴共用一个数字。</translation>
    </message>
    <message>
      <source>One number for all axes. Click for one number an axis.</source>
      <translation>所有轴共用一个数字。点击改为每个轴一个数字。</translation>
    </message>
    <message>
      <source>Words for {0}</source>
      <translation>{0} 的可用词语</translation>
    </message>
  </context>
  <context>
    <name>SpeedDialog</name>
    <message>
      <source>, {} threads</source>
      <translation>，{} 个线程</translation>
    </message>
    <message>
      <source>A copy of the drawing trains for a few steps on numbers at random, with a loss on each output where none is drawn. It says how fast a step is; nothing can be learned from such numbers, and the project stays as it is.</source>
      <translation>用随机数对图的副本训练几步；图中没有损失时，在每个输出上加一个损失。由此可知一步有多快；从这样的数字中学不到任何东西，项目也保持不变。</translation>
    </message>
    <message>
      <source>A step</source>
      <translation>每步</translation>
    </message>
    <message>
      <source>Added for the trial: {}.</source>
      <translation>为测试添加：{}。</translation>
    </message>
    <message>
      <source>Batch</source>
      <translation>批次</translation>
    </message>
    <message>
      <source>Computed on</source>
      <translation>计算设备</translation>
    </message>
    <message>
      <source>Numbers at random: nothing can be learned.</source>
      <translation>随机数：学不到任何东西。</translation>
    </message>
    <message>
      <source>Peak memory</source>
      <translation>峰值内存</translation>
    </message>
    <message>
      <source>Samples a second</source>
      <translation>每秒样本数</translation>
    </message>
    <message>
      <source>Samples of a step</source>
      <translation>每步样本数</translation>
    </message>
    <message>
      <source>Speed trial</source>
      <translation>速度测试</translation>
    </message>
    <message>
      <source>Start</source>
      <translation>开始</translation>
    </message>
    <message>
      <source>The plan's batch of {} would not fit here or take long.</source>
      <translation>计划的批次大小 {} 在此放不下，或耗时过长。</translation>
    </message>
    <message>
      <source>Trying… a large drawing takes a minute.</source>
      <translation>正在测试… 较大的图需要一分钟。</translation>
    </message>
    <message>
      <source>What the trial says</source>
      <translation>测试结果</translation>
    </message>
    <message>
      <source>as many as fit</source>
      <translation>尽可能多</translation>
    </message>
    <message>
      <source>{} ms</source>
      <translation>{} 毫秒</translation>
    </message>
  </context>
  <context>
    <name>SplitView</name>
    <message>
      <source>Divide anew</source>
      <translation>重新划分</translation>
    </message>
    <message>
      <source>Divide anew, with another seed</source>
      <translation>用另一个种子重新划分</translation>
    </message>
    <message>
      <source>Each part holds about the same share of each class</source>
      <translation>各部分中每个类别的比例大致相同</translation>
    </message>
    <message>
      <source>Same shares of every class</source>
      <translation>各类别比例相同</translation>
    </message>
    <message>
      <source>Seed</source>
      <translation>种子</translation>
    </message>
    <message>
      <source>Seed of the split</source>
      <translation>划分的种子</translation>
    </message>
    <message>
      <source>Share of the samples kept for a last test</source>
      <translation>留作最终测试的样本比例</translation>
    </message>
    <message>
      <source>Share of the samples that validate</source>
      <translation>用于验证的样本比例</translation>
    </message>
    <message>
      <source>Test</source>
      <translation>测试</translation>
    </message>
    <message>
      <source>The same seed always gives the same parts</source>
      <translation>相同的种子总是得到相同的划分</translation>
    </message>
    <message>
      <source>Training</source>
      <translation>训练</translation>
    </message>
    <message>
      <source>Validation</source>
      <translation>验证</translation>
    </message>
  </context>
  <context>
    <name>StateBar</name>
    <message>
      <source>Checking</source>
      <translation>正在检查</translation>
    </message>
    <message>
      <source>Paused</source>
      <translation>已暂停</translation>
    </message>
    <message>
      <source>Preparing</source>
      <translation>正在准备</translation>
    </message>
    <message>
      <source>Ready</source>
      <translation>就绪</translation>
    </message>
    <message>
      <source>Run ended</source>
      <translation>训练已结束</translation>
    </message>
    <message>
      <source>Run failed</source>
      <translation>训练失败</translation>
    </message>
    <message>
      <source>State</source>
      <translation>状态</translation>
    </message>
    <message>
      <source>Stopping</source>
      <translation>正在停止</translation>
    </message>
    <message>
      <source>Training</source>
      <translation>训练</translation>
    </message>
    <message>
      <source>node</source>
      <translation>个节点</translation>
    </message>
    <message>
      <source>nodes</source>
      <translation>个节点</translation>
    </message>
    <message>
      <source>problem</source>
      <translation>个问题</translation>
    </message>
    <message>
      <source>problems</source>
      <translation>个问题</translation>
    </message>
    <message>
      <source>wire</source>
      <translation>条连线</translation>
    </message>
    <message>
      <source>wires</source>
      <translation>条连线</translation>
    </message>
    <message>
      <source>{} parameters</source>
      <translation>{} 个参数</translation>
    </message>
  </context>
  <context>
    <name>Steering</name>
    <message>
      <source>All {0} training samples fit in one batch; the plan has {1}.</source>
      <translation>全部 {0} 个训练样本可放入一个批次；计划为 {1}。</translation>
    </message>
    <message>
      <source>Batches are tried in a process of their own; that takes a minute.</source>
      <translation>正在独立进程中尝试批次，约需一分钟。</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Change the batch size</source>
      <translation>更改批次大小</translation>
    </message>
    <message>
      <source>Make the model smaller, or free some memory.</source>
      <translation>请缩小模型或释放一些内存。</translation>
    </message>
    <message>
      <source>Not even a batch of one sample fits in memory.</source>
      <translation>即使只有一个样本的批次也放不进内存。</translation>
    </message>
    <message>
      <source>Runs that differ in their seed, one after the other:</source>
      <translation>仅种子不同的训练，依次进行：</translation>
    </message>
    <message>
      <source>Set the batch size to {0}</source>
      <translation>将批次大小设为 {0}</translation>
    </message>
    <message>
      <source>The largest batch that fits is {0}; the plan has {1}.</source>
      <translation>可容纳的最大批次为 {0}；计划为 {1}。</translation>
    </message>
    <message>
      <source>The run is over.</source>
      <translation>训练已结束。</translation>
    </message>
    <message>
      <source>Train several seeds</source>
      <translation>用多个种子训练</translation>
    </message>
  </context>
  <context>
    <name>SummaryPanel</name>
    <message>
      <source>Fold repeats</source>
      <translation>折叠重复部分</translation>
    </message>
    <message>
      <source>Fold {0} × {1} nodes</source>
      <translation>折叠 {0} × {1} 个节点</translation>
    </message>
    <message>
      <source>Layers</source>
      <translation>层</translation>
    </message>
    <message>
      <source>No layers yet. Drag one from the palette onto the canvas.</source>
      <translation>还没有层。请从组件面板拖一个到画布上。</translation>
    </message>
    <message>
      <source>{0} nodes  ·  {1} parameters  ·  {2} FLOPs a sample  ·  {3} a training step</source>
      <translation>{0} 个节点  ·  {1} 个参数  ·  每样本 {2} FLOPs  ·  每训练步 {3}</translation>
    </message>
    <message>
      <source>{0} turns of {1} nodes are drawn alike, one after the other. They can be one block that is repeated.</source>
      <translation>有 {0} 次由 {1} 个节点组成的相同部分依次相连。它们可以成为一个重复的块。</translation>
    </message>
  </context>
  <context>
    <name>Switching</name>
    <message>
      <source>Share the weights of {}</source>
      <translation>共享 {} 的权重</translation>
    </message>
    <message>
      <source>Unshare {}</source>
      <translation>取消共享 {}</translation>
    </message>
    <message>
      <source>{} nodes</source>
      <translation>{} 个节点</translation>
    </message>
  </context>
  <context>
    <name>TemplatesDialog</name>
    <message>
      <source>An empty canvas, without data.</source>
      <translation>空白画布，没有数据。</translation>
    </message>
    <message>
      <source>Create</source>
      <translation>创建</translation>
    </message>
    <message>
      <source>Empty</source>
      <translation>空白</translation>
    </message>
    <message>
      <source>New from template</source>
      <translation>从模板新建</translation>
    </message>
    <message>
      <source>Templates</source>
      <translation>模板</translation>
    </message>
  </context>
  <context>
    <name>TextField</name>
    <message>
      <source>mixed</source>
      <translation>多个值</translation>
    </message>
    <message>
      <source>not known yet</source>
      <translation>尚未知</translation>
    </message>
    <message>
      <source>“{0}” was not taken. {1}</source>
      <translation>“{0}”未被采用。{1}</translation>
    </message>
  </context>
  <context>
    <name>Tidying</name>
    <message>
      <source>All of it is pinned. Unpin a node (P) to let it move.</source>
      <translation>全部节点都已固定。取消固定某个节点（P）即可让它移动。</translation>
    </message>
    <message>
      <source>The drawing changed meanwhile, so it was not laid out.</source>
      <translation>图在此期间已改动，因此没有重新布局。</translation>
    </message>
    <message>
      <source>Tidying up was cancelled.</source>
      <translation>整理已取消。</translation>
    </message>
  </context>
  <context>
    <name>ToolBar</name>
    <message>
      <source>Not saved to a file yet</source>
      <translation>尚未保存到文件</translation>
    </message>
    <message>
      <source>Toolbar</source>
      <translation>工具栏</translation>
    </message>
  </context>
  <context>
    <name>TrainingPanel</name>
    <message>
      <source> ({0} more in Problems)</source>
      <translation>（“问题”中还有 {0} 个）</translation>
    </message>
    <message>
      <source>The canvas is empty. Drag a layer onto it from the palette.</source>
      <translation>画布是空的。请从组件面板拖一个层到画布上。</translation>
    </message>
    <message>
      <source>The drawing is being checked.</source>
      <translation>正在检查图。</translation>
    </message>
    <message>
      <source>There is no data to train on. Choose some in the data panel.</source>
      <translation>没有可用于训练的数据。请在数据面板中选择。</translation>
    </message>
    <message>
      <source>There is no loss to train by. Wire an output into a loss, e.g. CrossEntropyLoss.</source>
      <translation>没有可用于训练的损失。请将一个输出连到损失上，例如 CrossEntropyLoss。</translation>
    </message>
  </context>
  <context>
    <name>TryoutPanel</name>
    <message>
      <source>Choose data and draw a network first.</source>
      <translation>请先选择数据并画一个网络。</translation>
    </message>
    <message>
      <source>Draw one yourself</source>
      <translation>自己画一个</translation>
    </message>
    <message>
      <source>Draw something.</source>
      <translation>请画点什么。</translation>
    </message>
    <message>
      <source>Nothing to try yet</source>
      <translation>还没有可试用的内容</translation>
    </message>
    <message>
      <source>See what the network guesses before it learns</source>
      <translation>看看网络在学习之前会猜什么</translation>
    </message>
    <message>
      <source>That did not work</source>
      <translation>没有成功</translation>
    </message>
    <message>
      <source>Train first</source>
      <translation>请先训练</translation>
    </message>
    <message>
      <source>Try untrained weights</source>
      <translation>试用未训练的权重</translation>
    </message>
    <message>
      <source>Type one yourself</source>
      <translation>自己输入一个</translation>
    </message>
    <message>
      <source>What the model makes of it</source>
      <translation>模型的判断</translation>
    </message>
  </context>
  <context>
    <name>UserModules</name>
    <message>
      <source>A Python file lies beside the project, which has no file yet.</source>
      <translation>Python 文件要放在项目旁边，而项目还没有文件。</translation>
    </message>
    <message>
      <source>Add module {}</source>
      <translation>添加模块 {}</translation>
    </message>
    <message>
      <source>Not now</source>
      <translation>暂不</translation>
    </message>
    <message>
      <source>Save the project first.</source>
      <translation>请先保存项目。</translation>
    </message>
    <message>
      <source>This project has Python code of its own: {}. It has not run.</source>
      <translation>此项目带有自己的 Python 代码：{}。代码尚未运行。</translation>
    </message>
    <message>
      <source>Trust</source>
      <translation>信任</translation>
    </message>
  </context>
  <context>
    <name>WayChoice</name>
    <message>
      <source>A process of its own trains faster while the window is used, starts a second or two later, and may run out of memory or lose its device without harm to the window.</source>
      <translation>使用窗口时，独立进程训练更快；它会晚一两秒启动，即使内存耗尽或设备丢失，也不会影响窗口。</translation>
    </message>
    <message>
      <source>Run in its own process</source>
      <translation>在独立进程中训练</translation>
    </message>
    <message>
      <source>Run in this window</source>
      <translation>在此窗口中训练</translation>
    </message>
    <message>
      <source>Runs</source>
      <translation>运行记录</translation>
    </message>
    <message>
      <source>The project has Python modules, whose code must not run in the window.</source>
      <translation>项目含有 Python 模块，其代码不得在窗口中运行。</translation>
    </message>
  </context>
  <context>
    <name>Ways</name>
    <message>
      <source>A table with a column to predict</source>
      <translation>含有待预测列的表格</translation>
    </message>
    <message>
      <source>An .npz with arrays of samples</source>
      <translation>含有样本数组的 .npz</translation>
    </message>
    <message>
      <source>CSV file…</source>
      <translation>CSV 文件…</translation>
    </message>
    <message>
      <source>Choose a CSV file</source>
      <translation>选择 CSV 文件</translation>
    </message>
    <message>
      <source>Choose a NumPy file</source>
      <translation>选择 NumPy 文件</translation>
    </message>
    <message>
      <source>Choose the folder that has a folder for each class</source>
      <translation>选择包含各类别文件夹的文件夹</translation>
    </message>
    <message>
      <source>Folder of images…</source>
      <translation>图像文件夹…</translation>
    </message>
    <message>
      <source>NumPy archives (*.npz)</source>
      <translation>NumPy 归档 (*.npz)</translation>
    </message>
    <message>
      <source>NumPy file…</source>
      <translation>NumPy 文件…</translation>
    </message>
    <message>
      <source>One folder for each class</source>
      <translation>每个类别一个文件夹</translation>
    </message>
    <message>
      <source>Tables (*.csv *.tsv *.txt);;All files (*)</source>
      <translation>表格 (*.csv *.tsv *.txt);;所有文件 (*)</translation>
    </message>
  </context>
  <context>
    <name>WeightsBox</name>
    <message>
      <source>Best weights</source>
      <translation>最佳权重</translation>
    </message>
    <message>
      <source>Last weights</source>
      <translation>最后的权重</translation>
    </message>
    <message>
      <source>Newest: {0}</source>
      <translation>最新：{0}</translation>
    </message>
    <message>
      <source>Run</source>
      <translation>运行记录</translation>
    </message>
    <message>
      <source>The weights are read.</source>
      <translation>正在读取权重。</translation>
    </message>
    <message>
      <source>Train the network to see its weights.</source>
      <translation>训练网络后可查看其权重。</translation>
    </message>
    <message>
      <source>Weights</source>
      <translation>权重</translation>
    </message>
  </context>
  <context>
    <name>Windows</name>
    <message>
      <source>It was {}. Open it from where it is now.</source>
      <translation>原位置为 {}。请从现在的位置打开。</translation>
    </message>
    <message>
      <source>“{}” was open last time and is no longer there.</source>
      <translation>“{}”上次是打开的，现已不存在。</translation>
    </message>
  </context>
  <context>
    <name>_Look</name>
    <message>
      <source>From {0} to {1}; bars by the root of their counts</source>
      <translation>从 {0} 到 {1}；条形按数量的平方根</translation>
    </message>
    <message>
      <source>Histogram of {0}</source>
      <translation>{0} 的直方图</translation>
    </message>
    <message>
      <source>Outputs from top to bottom; what has no colour is 0</source>
      <translation>输出从上到下；无色处为 0</translation>
    </message>
    <message>
      <source>Pictures of {0}</source>
      <translation>{0} 的图像</translation>
    </message>
    <message>
      <source>mean {0}, spread {1}, from {2} to {3}, {4} zeros</source>
      <translation>均值 {0}，标准差 {1}，从 {2} 到 {3}，零 {4}</translation>
    </message>
    <message>
      <source>{0} of {1} filters, each from its lowest to its highest weight</source>
      <translation>{1} 个滤波器中的 {0} 个，各自从最小到最大权重</translation>
    </message>
    <message>
      <source>{0}; the first of {1} channels</source>
      <translation>{0}；{1} 个通道中的第一个</translation>
    </message>
  </context>
  <context>
    <name>_Table</name>
    <message>
      <source>What differs between the runs</source>
      <translation>运行记录之间的差异</translation>
    </message>
  </context>
  <context>
    <name>_Title</name>
    <message>
      <source>Close this panel; the View menu brings it back</source>
      <translation>关闭此面板；可从“视图”菜单重新打开</translation>
    </message>
    <message>
      <source>Undock this panel</source>
      <translation>使此面板浮动</translation>
    </message>
  </context>
  <context>
    <name>answers</name>
    <message>
      <source>A trained model shows here what it can and can't.</source>
      <translation>训练后的模型在此显示它能做什么、不能做什么。</translation>
    </message>
    <message>
      <source>No samples</source>
      <translation>没有样本</translation>
    </message>
    <message>
      <source>Nothing to try here</source>
      <translation>这里没有可试的内容</translation>
    </message>
    <message>
      <source>Other data</source>
      <translation>数据不同</translation>
    </message>
    <message>
      <source>That did not work</source>
      <translation>未能完成</translation>
    </message>
    <message>
      <source>The data can't be read; see the data panel.</source>
      <translation>无法读取数据；请查看“数据”面板。</translation>
    </message>
    <message>
      <source>The model has no output.</source>
      <translation>模型没有输出。</translation>
    </message>
    <message>
      <source>The model's input is not fed by a field of the data.</source>
      <translation>模型的输入不是来自数据的字段。</translation>
    </message>
    <message>
      <source>This run saw other samples than the project has now.</source>
      <translation>此次运行使用的样本与项目现在的样本不同。</translation>
    </message>
    <message>
      <source>Train first</source>
      <translation>请先训练</translation>
    </message>
    <message>
      <source>What the model takes for what is shown here then.</source>
      <translation>训练后，这里显示模型把什么认作什么。</translation>
    </message>
  </context>
  <context>
    <name>axes</name>
    <message>
      <source>back</source>
      <translation>后</translation>
    </message>
    <message>
      <source>bottom</source>
      <translation>下</translation>
    </message>
    <message>
      <source>depth</source>
      <translation>深度</translation>
    </message>
    <message>
      <source>front</source>
      <translation>前</translation>
    </message>
    <message>
      <source>height</source>
      <translation>高度</translation>
    </message>
    <message>
      <source>left</source>
      <translation>左</translation>
    </message>
    <message>
      <source>length</source>
      <translation>长度</translation>
    </message>
    <message>
      <source>right</source>
      <translation>右</translation>
    </message>
    <message>
      <source>top</source>
      <translation>上</translation>
    </message>
    <message>
      <source>width</source>
      <translation>宽度</translation>
    </message>
  </context>
  <context>
    <name>canvas</name>
    <message>
      <source>A wire from “{0}” to “{1}” would close a circle.</source>
      <translation>从“{0}”到“{1}”的连线会形成环路。</translation>
    </message>
    <message>
      <source>A wire leads from an output (at right) to an input (at left).</source>
      <translation>连线从输出（右侧）通向输入（左侧）。</translation>
    </message>
    <message>
      <source>Its gradient: {0}.</source>
      <translation>梯度：{0}。</translation>
    </message>
    <message>
      <source>Its probe waits for a run.</source>
      <translation>其探针正在等待训练。</translation>
    </message>
    <message>
      <source>No value was seen yet: “Evaluate once”{0} runs one batch, and a probe on the wire{1} shows what a run makes of it.</source>
      <translation>还没有看到值：“求值一次”{0}运行一个批次，连线上的探针{1}显示训练时的值。</translation>
    </message>
    <message>
      <source>Of a batch for validation, with the last weights of {8}: {0} {1}, from {2} to {3}, mean {4}, std {5}, {6} zeros, {7} NaN.</source>
      <translation>来自一个验证批次，使用 {8} 的最后权重：{0} {1}，从 {2} 到 {3}，均值 {4}，标准差 {5}，零 {6}，NaN {7}。</translation>
    </message>
    <message>
      <source>Of noise in place of data, with initial weights: {0} {1}, from {2} to {3}, mean {4}, std {5}, {6} zeros, {7} NaN.</source>
      <translation>以噪声代替数据，使用初始权重：{0} {1}，从 {2} 到 {3}，均值 {4}，标准差 {5}，零 {6}，NaN {7}。</translation>
    </message>
    <message>
      <source>Of noise in place of data, with the last weights of {8}: {0} {1}, from {2} to {3}, mean {4}, std {5}, {6} zeros, {7} NaN.</source>
      <translation>以噪声代替数据，使用 {8} 的最后权重：{0} {1}，从 {2} 到 {3}，均值 {4}，标准差 {5}，零 {6}，NaN {7}。</translation>
    </message>
    <message>
      <source>Of the last batch seen, with initial weights: {0} {1}, from {2} to {3}, mean {4}, std {5}, {6} zeros, {7} NaN.</source>
      <translation>最近一个批次，使用初始权重：{0} {1}，从 {2} 到 {3}，均值 {4}，标准差 {5}，{6} 个零，{7} 个 NaN。</translation>
    </message>
    <message>
      <source>Probed after step {0}: {1}.</source>
      <translation>第 {0} 步后探测：{1}。</translation>
    </message>
    <message>
      <source>This run doesn't look at its values. To see them, select the wire and put a probe on it{0}.</source>
      <translation>本次训练没有查看它的值。要查看，请选择连线并放上探针{0}。</translation>
    </message>
    <message>
      <source>anything</source>
      <translation>任意值</translation>
    </message>
    <message>
      <source>booleans or decimal numbers</source>
      <translation>布尔值或小数</translation>
    </message>
    <message>
      <source>decimal numbers</source>
      <translation>小数</translation>
    </message>
    <message>
      <source>error: {}</source>
      <translation>错误：{}</translation>
    </message>
    <message>
      <source>feeds nothing</source>
      <translation>无输出去向</translation>
    </message>
    <message>
      <source>feeds {}</source>
      <translation>输出到 {}</translation>
    </message>
    <message>
      <source>info: {}</source>
      <translation>信息：{}</translation>
    </message>
    <message>
      <source>integers</source>
      <translation>整数</translation>
    </message>
    <message>
      <source>one number</source>
      <translation>一个数字</translation>
    </message>
    <message>
      <source>warning: {}</source>
      <translation>警告：{}</translation>
    </message>
    <message>
      <source>{} parameters</source>
      <translation>{} 个参数</translation>
    </message>
    <message>
      <source>“{0}.{1}” doesn't fit: it takes {2}, and “{3}” gives {4}.</source>
      <translation>“{0}.{1}”不匹配：它接受{2}，而“{3}”给出{4}。</translation>
    </message>
    <message>
      <source>“{0}” is not to blame: what comes into it is not known because of “{1}”.</source>
      <translation>“{0}”没有问题：“{1}”有错误，因此它的输入未知。</translation>
    </message>
    <message>
      <source>“{}” has no inputs.</source>
      <translation>“{}”没有输入。</translation>
    </message>
    <message>
      <source>“{}” has no outputs.</source>
      <translation>“{}”没有输出。</translation>
    </message>
  </context>
  <context>
    <name>clipboard</name>
    <message>
      <source>Select nodes, copy them, then paste.</source>
      <translation>请选择节点，复制后再粘贴。</translation>
    </message>
    <message>
      <source>What is on the clipboard is not a part of a drawing.</source>
      <translation>剪贴板中的内容不是图的一部分。</translation>
    </message>
  </context>
  <context>
    <name>commands</name>
    <message>
      <source>A sticky note on the canvas, for words of your own.</source>
      <translation>画布上的便签，可写自己的文字。</translation>
    </message>
    <message>
      <source>A titled frame around the selection; moving it moves what lies in it.</source>
      <translation>围住所选内容的带标题的框；移动框时，其中的内容一起移动。</translation>
    </message>
    <message>
      <source>About Netwright</source>
      <translation>关于 Netwright</translation>
    </message>
    <message>
      <source>Actual size</source>
      <translation>实际大小</translation>
    </message>
    <message>
      <source>Add a layer…</source>
      <translation>添加层…</translation>
    </message>
    <message>
      <source>Add a note…</source>
      <translation>添加便签…</translation>
    </message>
    <message>
      <source>Align bottom</source>
      <translation>下对齐</translation>
    </message>
    <message>
      <source>Align centers in a column</source>
      <translation>居中对齐成列</translation>
    </message>
    <message>
      <source>Align centers in a row</source>
      <translation>居中对齐成行</translation>
    </message>
    <message>
      <source>Align left</source>
      <translation>左对齐</translation>
    </message>
    <message>
      <source>Align right</source>
      <translation>右对齐</translation>
    </message>
    <message>
      <source>Align top</source>
      <translation>上对齐</translation>
    </message>
    <message>
      <source>Alignment guides</source>
      <translation>对齐参考线</translation>
    </message>
    <message>
      <source>An empty project in a window of its own, beside this one.</source>
      <translation>在另一个窗口中新建空项目，与本窗口并存。</translation>
    </message>
    <message>
      <source>Another learning rate, schedule, limit or number of epochs from the next step.</source>
      <translation>从下一步起采用另一个学习率、调度、上限或轮次数。</translation>
    </message>
    <message>
      <source>Arrows choose where it goes, Enter ends it. Of a selected wire an end is moved.</source>
      <translation>方向键选择去向，Enter 结束。选中连线时移动其一端。</translation>
    </message>
    <message>
      <source>Backward</source>
      <translation>反向传播</translation>
    </message>
    <message>
      <source>Backward from selected node</source>
      <translation>从所选节点反向传播</translation>
    </message>
    <message>
      <source>Bring the far end of the selected wire into view. A click on a stub does too.</source>
      <translation>将所选连线的远端移入视野。也可单击短线。</translation>
    </message>
    <message>
      <source>Bring the panel at the next tab to the front.</source>
      <translation>将下一个标签页的面板移到前面。</translation>
    </message>
    <message>
      <source>By name, kind, shape or problem, inside blocks too.</source>
      <translation>按名称、种类、形状或问题查找，包括块内部。</translation>
    </message>
    <message>
      <source>Bypass</source>
      <translation>旁路</translation>
    </message>
    <message>
      <source>Change options</source>
      <translation>更改选项</translation>
    </message>
    <message>
      <source>Change the first two inputs over.</source>
      <translation>交换前两个输入。</translation>
    </message>
    <message>
      <source>Change while it runs…</source>
      <translation>训练中更改…</translation>
    </message>
    <message>
      <source>Climb out by one level. Escape does too.</source>
      <translation>返回上一层级。也可按 Escape。</translation>
    </message>
    <message>
      <source>Close every window, after asking once about all that is unsaved.</source>
      <translation>关闭所有窗口，事先就所有未保存的内容统一询问一次。</translation>
    </message>
    <message>
      <source>Close window</source>
      <translation>关闭窗口</translation>
    </message>
    <message>
      <source>Colour-blind safe colours</source>
      <translation>色盲友好配色</translation>
    </message>
    <message>
      <source>Command palette…</source>
      <translation>命令面板…</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>复制</translation>
    </message>
    <message>
      <source>Cut</source>
      <translation>剪切</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>深色</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>删除</translation>
    </message>
    <message>
      <source>Delete without joining</source>
      <translation>删除且不接合</translation>
    </message>
    <message>
      <source>Distribute across</source>
      <translation>水平分布</translation>
    </message>
    <message>
      <source>Distribute down</source>
      <translation>垂直分布</translation>
    </message>
    <message>
      <source>Documentation</source>
      <translation>文档</translation>
    </message>
    <message>
      <source>Draw a wire</source>
      <translation>绘制连线</translation>
    </message>
    <message>
      <source>Draw only its ends, each with the name of what it leads to.</source>
      <translation>只画两端，各标出通向何处。</translation>
    </message>
    <message>
      <source>Drawing and curves alone on the whole screen, large; Escape leaves it.</source>
      <translation>全屏放大显示图和曲线；按 Escape 退出。</translation>
    </message>
    <message>
      <source>Duplicate</source>
      <translation>复制一份</translation>
    </message>
    <message>
      <source>Duplicate a run with a change…</source>
      <translation>复制运行并更改一项…</translation>
    </message>
    <message>
      <source>Edit title or text</source>
      <translation>编辑标题或文本</translation>
    </message>
    <message>
      <source>End the run after this step and keep its weights.</source>
      <translation>在这一步之后结束训练，并保留权重。</translation>
    </message>
    <message>
      <source>End the run when the epoch is over. Once more, and it goes on after all.</source>
      <translation>本轮结束后停止训练。再按一次则继续训练。</translation>
    </message>
    <message>
      <source>Enter block</source>
      <translation>进入块</translation>
    </message>
    <message>
      <source>Enter block or open</source>
      <translation>进入块或打开</translation>
    </message>
    <message>
      <source>Evaluate once</source>
      <translation>求值一次</translation>
    </message>
    <message>
      <source>Export TorchScript…</source>
      <translation>导出 TorchScript…</translation>
    </message>
    <message>
      <source>Export code…</source>
      <translation>导出代码…</translation>
    </message>
    <message>
      <source>Export drawing…</source>
      <translation>导出图纸…</translation>
    </message>
    <message>
      <source>Families and states in colours that everybody tells apart.</source>
      <translation>用人人都能区分的颜色显示类别和状态。</translation>
    </message>
    <message>
      <source>Find a node…</source>
      <translation>查找节点…</translation>
    </message>
    <message>
      <source>Find the largest batch that fits</source>
      <translation>寻找可容纳的最大批次</translation>
    </message>
    <message>
      <source>Fit frame to what lies in it</source>
      <translation>框适应内容</translation>
    </message>
    <message>
      <source>Fold repeats</source>
      <translation>折叠重复部分</translation>
    </message>
    <message>
      <source>Follow the system</source>
      <translation>跟随系统</translation>
    </message>
    <message>
      <source>Frame all</source>
      <translation>显示全部</translation>
    </message>
    <message>
      <source>Frame or note lower</source>
      <translation>降低框或便签的高度</translation>
    </message>
    <message>
      <source>Frame or note narrower</source>
      <translation>减小框或便签的宽度</translation>
    </message>
    <message>
      <source>Frame or note taller</source>
      <translation>增加框或便签的高度</translation>
    </message>
    <message>
      <source>Frame or note wider</source>
      <translation>增加框或便签的宽度</translation>
    </message>
    <message>
      <source>Frame selection</source>
      <translation>显示所选</translation>
    </message>
    <message>
      <source>Freeze weights</source>
      <translation>冻结权重</translation>
    </message>
    <message>
      <source>Give the block a definition of its own, so that others don't change with it.</source>
      <translation>为此块建立自己的定义，使其他块不随之改变。</translation>
    </message>
    <message>
      <source>Give the selected layers weights of their own again.</source>
      <translation>让所选的层重新拥有各自的权重。</translation>
    </message>
    <message>
      <source>Go to the drawing</source>
      <translation>转到图</translation>
    </message>
    <message>
      <source>Go to the first option in the inspector. A double click on a node does too.</source>
      <translation>转到检查器中的第一个选项。也可双击节点。</translation>
    </message>
    <message>
      <source>Go to the next node with a problem, also inside blocks, and show the message.</source>
      <translation>转到下一个有问题的节点（包括块内），并显示信息。</translation>
    </message>
    <message>
      <source>Hold the run, its state in main memory, so that others can use the GPU.</source>
      <translation>暂停训练并将状态移到主内存，让其他程序使用 GPU。</translation>
    </message>
    <message>
      <source>Its histograms, numbers and pictures. A click on the probe does too.</source>
      <translation>其直方图、数值和图像。也可单击探针。</translation>
    </message>
    <message>
      <source>Join what feeds the selected nodes to what they feed. Shaking them does too.</source>
      <translation>将所选节点的上游直接接到其下游。也可晃动节点。</translation>
    </message>
    <message>
      <source>Keep the block for all your projects; the palette shows it.</source>
      <translation>保留此块供所有项目使用；组件面板中会显示它。</translation>
    </message>
    <message>
      <source>Keep these weights as they are while training.</source>
      <translation>训练时保持这些权重不变。</translation>
    </message>
    <message>
      <source>Keyboard shortcuts</source>
      <translation>键盘快捷键</translation>
    </message>
    <message>
      <source>Lay out the nodes in rows.</source>
      <translation>将节点按行排列。</translation>
    </message>
    <message>
      <source>Lay out the selected nodes where they are.</source>
      <translation>在原处排列所选节点。</translation>
    </message>
    <message>
      <source>Lay out the selected nodes, or all, from top to bottom in columns.</source>
      <translation>将所选节点或全部节点从上到下按列布局。</translation>
    </message>
    <message>
      <source>Lead the wire by a dot, and move that with Ctrl and arrows. A double click too.</source>
      <translation>让连线经过一个折点，用 Ctrl 和方向键移动它。也可双击。</translation>
    </message>
    <message>
      <source>Leave block</source>
      <translation>离开块</translation>
    </message>
    <message>
      <source>Let the selected layers use the weights of the one that was made first.</source>
      <translation>让所选的层使用其中最先创建的那一层的权重。</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>浅色</translation>
    </message>
    <message>
      <source>Long field wires as stubs</source>
      <translation>长字段连线显示为短线</translation>
    </message>
    <message>
      <source>Make a block</source>
      <translation>组成块</translation>
    </message>
    <message>
      <source>Make block unique</source>
      <translation>使块独立</translation>
    </message>
    <message>
      <source>Make the block what it is among your blocks, wherever this project uses it.</source>
      <translation>在本项目中所有用到此块之处，将它更新为“我的块”中的版本。</translation>
    </message>
    <message>
      <source>Make the gaps between the selected nodes equal, from left to right.</source>
      <translation>使所选节点的左右间距相等。</translation>
    </message>
    <message>
      <source>Make the gaps between the selected nodes equal, from top to bottom.</source>
      <translation>使所选节点的上下间距相等。</translation>
    </message>
    <message>
      <source>Make what is drawn several times in a row one block that is repeated.</source>
      <translation>将依次重复画出的部分变成一个重复的块。</translation>
    </message>
    <message>
      <source>Measure now</source>
      <translation>立即测量</translation>
    </message>
    <message>
      <source>Measure the samples held back at once; the run goes on as if it had not been.</source>
      <translation>立即在保留的样本上测量；训练继续，不受影响。</translation>
    </message>
    <message>
      <source>Minimap</source>
      <translation>小地图</translation>
    </message>
    <message>
      <source>Mute</source>
      <translation>静音</translation>
    </message>
    <message>
      <source>New</source>
      <translation>新建</translation>
    </message>
    <message>
      <source>New from template…</source>
      <translation>从模板新建…</translation>
    </message>
    <message>
      <source>New window</source>
      <translation>新建窗口</translation>
    </message>
    <message>
      <source>Next colour of note</source>
      <translation>下一种便签颜色</translation>
    </message>
    <message>
      <source>Next frame or note</source>
      <translation>下一个框或便签</translation>
    </message>
    <message>
      <source>Next pane</source>
      <translation>下一个窗格</translation>
    </message>
    <message>
      <source>Next panel behind</source>
      <translation>后面的下一个面板</translation>
    </message>
    <message>
      <source>Next problem</source>
      <translation>下一个问题</translation>
    </message>
    <message>
      <source>Next turn</source>
      <translation>下一次重复</translation>
    </message>
    <message>
      <source>Next window</source>
      <translation>下一个窗口</translation>
    </message>
    <message>
      <source>Next wire of the node</source>
      <translation>节点的下一条连线</translation>
    </message>
    <message>
      <source>No overlay</source>
      <translation>无叠加</translation>
    </message>
    <message>
      <source>Open a run…</source>
      <translation>打开运行记录…</translation>
    </message>
    <message>
      <source>Open or shut the probe</source>
      <translation>打开或关闭探针</translation>
    </message>
    <message>
      <source>Open…</source>
      <translation>打开…</translation>
    </message>
    <message>
      <source>Other end of the wire</source>
      <translation>连线的另一端</translation>
    </message>
    <message>
      <source>Pass the first input on unchanged, as if the node were not there.</source>
      <translation>原样传递第一个输入，如同节点不存在。</translation>
    </message>
    <message>
      <source>Paste</source>
      <translation>粘贴</translation>
    </message>
    <message>
      <source>Paste options only</source>
      <translation>仅粘贴选项</translation>
    </message>
    <message>
      <source>Paste with outer wires</source>
      <translation>连同外部连线粘贴</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>暂停</translation>
    </message>
    <message>
      <source>Pause and free the GPU</source>
      <translation>暂停并释放 GPU</translation>
    </message>
    <message>
      <source>Pin</source>
      <translation>固定</translation>
    </message>
    <message>
      <source>Preferences…</source>
      <translation>首选项…</translation>
    </message>
    <message>
      <source>Presentation mode</source>
      <translation>演示模式</translation>
    </message>
    <message>
      <source>Previous pane</source>
      <translation>上一个窗格</translation>
    </message>
    <message>
      <source>Previous panel behind</source>
      <translation>后面的上一个面板</translation>
    </message>
    <message>
      <source>Previous problem</source>
      <translation>上一个问题</translation>
    </message>
    <message>
      <source>Previous turn</source>
      <translation>上一次重复</translation>
    </message>
    <message>
      <source>Previous window</source>
      <translation>上一个窗口</translation>
    </message>
    <message>
      <source>Print…</source>
      <translation>打印…</translation>
    </message>
    <message>
      <source>Probe on the wire</source>
      <translation>连线上的探针</translation>
    </message>
    <message>
      <source>Problems explained</source>
      <translation>问题说明</translation>
    </message>
    <message>
      <source>Put a dot on the wire</source>
      <translation>在连线上添加折点</translation>
    </message>
    <message>
      <source>Put a frame around</source>
      <translation>加框</translation>
    </message>
    <message>
      <source>Put in the queue</source>
      <translation>加入队列</translation>
    </message>
    <message>
      <source>Put out zeros; the term of a loss doesn't count.</source>
      <translation>输出零；损失的该项不计入。</translation>
    </message>
    <message>
      <source>Put the selected nodes into a block, a class of its own in the code.</source>
      <translation>将所选节点放入一个块，在代码中成为独立的类。</translation>
    </message>
    <message>
      <source>Put what is in the block in its place.</source>
      <translation>用块中的内容替换该块。</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>退出</translation>
    </message>
    <message>
      <source>Redo</source>
      <translation>重做</translation>
    </message>
    <message>
      <source>Redo: {}</source>
      <translation>重做:{}</translation>
    </message>
    <message>
      <source>Rename</source>
      <translation>重命名</translation>
    </message>
    <message>
      <source>Reset layout</source>
      <translation>重置布局</translation>
    </message>
    <message>
      <source>Restart with what fits</source>
      <translation>保留适用部分重新开始</translation>
    </message>
    <message>
      <source>Resume</source>
      <translation>继续</translation>
    </message>
    <message>
      <source>Run again</source>
      <translation>重新训练</translation>
    </message>
    <message>
      <source>Run the drawing once and show every value on its wire.</source>
      <translation>运行一次图，并在每条连线上显示其值。</translation>
    </message>
    <message>
      <source>Runs that differ in their seed, one after the other, and their spread.</source>
      <translation>仅种子不同的训练依次进行，并给出离散程度。</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>保存</translation>
    </message>
    <message>
      <source>Save all that the run needs to go on, and go on.</source>
      <translation>保存训练继续所需的一切，然后继续。</translation>
    </message>
    <message>
      <source>Save as…</source>
      <translation>另存为…</translation>
    </message>
    <message>
      <source>Save state now</source>
      <translation>立即保存状态</translation>
    </message>
    <message>
      <source>Save to my blocks</source>
      <translation>保存到我的块</translation>
    </message>
    <message>
      <source>Search every layer and put it on the canvas.</source>
      <translation>搜索任意层并放到画布上。</translation>
    </message>
    <message>
      <source>Select all</source>
      <translation>全选</translation>
    </message>
    <message>
      <source>Select the next frame or note and bring it into view.</source>
      <translation>选择下一个框或便签，并移到视野内。</translation>
    </message>
    <message>
      <source>Select the wires at the selected node one after the other, and their dots.</source>
      <translation>依次选择所选节点的连线及其折点。</translation>
    </message>
    <message>
      <source>Select what lies in the frame</source>
      <translation>选择框中的内容</translation>
    </message>
    <message>
      <source>Share weights</source>
      <translation>共享权重</translation>
    </message>
    <message>
      <source>Show code</source>
      <translation>显示代码</translation>
    </message>
    <message>
      <source>Show log file</source>
      <translation>显示日志文件</translation>
    </message>
    <message>
      <source>Show options</source>
      <translation>显示选项</translation>
    </message>
    <message>
      <source>Show outline</source>
      <translation>显示大纲</translation>
    </message>
    <message>
      <source>Show the derivative of the selected value by every other.</source>
      <translation>显示所选值对其他各值的导数。</translation>
    </message>
    <message>
      <source>Show the sizes in the next turn of the repeated block.</source>
      <translation>显示重复块下一次重复中的尺寸。</translation>
    </message>
    <message>
      <source>Show the sizes in the previous turn of the repeated block.</source>
      <translation>显示重复块上一次重复中的尺寸。</translation>
    </message>
    <message>
      <source>Show the whole drawing.</source>
      <translation>显示整个图。</translation>
    </message>
    <message>
      <source>Show what is in the block. A double click does too.</source>
      <translation>显示块中的内容。也可双击。</translation>
    </message>
    <message>
      <source>Show what is selected as large as it goes; all, where nothing is.</source>
      <translation>将所选内容放到最大；未选择时显示全部。</translation>
    </message>
    <message>
      <source>Show what is wrong</source>
      <translation>显示问题所在</translation>
    </message>
    <message>
      <source>Show wire as two stubs</source>
      <translation>将连线显示为两段短线</translation>
    </message>
    <message>
      <source>Speed trial…</source>
      <translation>速度测试…</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>Stop after this epoch</source>
      <translation>本轮后停止</translation>
    </message>
    <message>
      <source>Swap inputs</source>
      <translation>交换输入</translation>
    </message>
    <message>
      <source>Take off all probes</source>
      <translation>移除所有探针</translation>
    </message>
    <message>
      <source>Take off its wires</source>
      <translation>断开连线</translation>
    </message>
    <message>
      <source>The Python that this drawing is.</source>
      <translation>此图对应的 Python 代码。</translation>
    </message>
    <message>
      <source>The cards show shape and parameters, as ever.</source>
      <translation>卡片照常显示形状和参数。</translation>
    </message>
    <message>
      <source>The curves of a run that lies elsewhere, such as one of another machine.</source>
      <translation>位于别处（例如另一台机器）的运行记录的曲线。</translation>
    </message>
    <message>
      <source>The drawing as a tree, to walk, filter and select by keys.</source>
      <translation>以树形显示图，可用键盘浏览、筛选和选择。</translation>
    </message>
    <message>
      <source>The drawing that is shown on paper, after a preview; or as PDF.</source>
      <translation>预览后将当前显示的图打印到纸上；或输出为 PDF。</translation>
    </message>
    <message>
      <source>The keyboard goes back to the canvas, wherever it is.</source>
      <translation>键盘焦点回到画布。</translation>
    </message>
    <message>
      <source>The keyboard goes on to the canvas, the panels in sight and the toolbar.</source>
      <translation>键盘焦点依次移到画布、可见的面板和工具栏。</translation>
    </message>
    <message>
      <source>The message at the selected node, or at the one before it that is at fault, and buttons that mend it: Enter does.</source>
      <translation>所选节点或其上游出错节点的信息及修复按钮：按 Enter 修复。</translation>
    </message>
    <message>
      <source>The selected nodes take the options of the copied one, as far as they fit.</source>
      <translation>所选节点采用所复制节点的选项，只要适用。</translation>
    </message>
    <message>
      <source>The window stays faster, and survives a run that runs out of memory.</source>
      <translation>窗口响应更快，即使训练耗尽内存也不受影响。</translation>
    </message>
    <message>
      <source>Tidy up</source>
      <translation>整理</translation>
    </message>
    <message>
      <source>Tidy up downwards</source>
      <translation>向下整理</translation>
    </message>
    <message>
      <source>Tidy up selection</source>
      <translation>整理所选内容</translation>
    </message>
    <message>
      <source>Tidying up leaves a pinned node where it is.</source>
      <translation>整理时，固定的节点留在原处。</translation>
    </message>
    <message>
      <source>Train</source>
      <translation>训练</translation>
    </message>
    <message>
      <source>Train a copy for a few steps on numbers at random, and say how fast that goes.</source>
      <translation>用随机数对副本训练几步，并报告速度。</translation>
    </message>
    <message>
      <source>Train in a process of its own</source>
      <translation>在独立进程中训练</translation>
    </message>
    <message>
      <source>Train several seeds…</source>
      <translation>用多个种子训练…</translation>
    </message>
    <message>
      <source>Train the drawing as it is now when the runs before it are over.</source>
      <translation>在之前的训练结束后训练当前的图。</translation>
    </message>
    <message>
      <source>Train the drawing as it is now, with the weights of the run where they fit.</source>
      <translation>训练当前的图，适用之处沿用该次训练的权重。</translation>
    </message>
    <message>
      <source>Train the model as the plan says.</source>
      <translation>按计划训练模型。</translation>
    </message>
    <message>
      <source>Train the project of the chosen run as it was, and say whether the weights are the same.</source>
      <translation>按原样训练所选运行记录的项目，并说明权重是否相同。</translation>
    </message>
    <message>
      <source>Train the project of the chosen run with another value of its plan.</source>
      <translation>以计划中的另一个值训练所选运行记录的项目。</translation>
    </message>
    <message>
      <source>Try batches in a process of its own, and say which is the largest.</source>
      <translation>在独立进程中尝试批次，并给出最大值。</translation>
    </message>
    <message>
      <source>Type another name in the inspector; Escape comes back to the canvas.</source>
      <translation>在检查器中输入新名称；按 Escape 返回画布。</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>撤销</translation>
    </message>
    <message>
      <source>Undo: {}</source>
      <translation>撤销:{}</translation>
    </message>
    <message>
      <source>Unpack block</source>
      <translation>拆开块</translation>
    </message>
    <message>
      <source>Unshare weights</source>
      <translation>取消共享权重</translation>
    </message>
    <message>
      <source>Update from my blocks</source>
      <translation>从我的块更新</translation>
    </message>
    <message>
      <source>What each problem means, and what to do about it.</source>
      <translation>每个问题的含义及处理办法。</translation>
    </message>
    <message>
      <source>What fed the copied nodes feeds the copies too.</source>
      <translation>被复制节点的输入来源也接到副本上。</translation>
    </message>
    <message>
      <source>What fed the nodes does not feed their followers.</source>
      <translation>节点的上游不会接到其下游。</translation>
    </message>
    <message>
      <source>What you drag snaps to edges, middles and equal gaps; with Ctrl, freely.</source>
      <translation>拖动时会吸附到边缘、中线和等间距处；按住 Ctrl 可自由移动。</translation>
    </message>
    <message>
      <source>While a run trains, look at the value and its gradient a few times a second.</source>
      <translation>训练时每秒数次查看该值及其梯度。</translation>
    </message>
    <message>
      <source>Wires from a Dataset that run far show at their ends only.</source>
      <translation>来自 Dataset 的长连线只显示两端。</translation>
    </message>
    <message>
      <source>Write in the selected frame or note. A double click does too.</source>
      <translation>在所选的框或便签中书写。也可双击。</translation>
    </message>
    <message>
      <source>Write the Python code of the model to a file.</source>
      <translation>将模型的 Python 代码写入文件。</translation>
    </message>
    <message>
      <source>Write the drawing, or what is selected, as PNG, SVG or PDF.</source>
      <translation>将图或所选内容保存为 PNG、SVG 或 PDF。</translation>
    </message>
    <message>
      <source>Write the trained model to one file that runs without Netwright.</source>
      <translation>将训练好的模型写入一个无需 Netwright 即可运行的文件。</translation>
    </message>
    <message>
      <source>Zoom in</source>
      <translation>放大</translation>
    </message>
    <message>
      <source>Zoom out</source>
      <translation>缩小</translation>
    </message>
  </context>
  <context>
    <name>differences</name>
    <message>
      <source>Data</source>
      <translation>数据</translation>
    </message>
    <message>
      <source>Drawing</source>
      <translation>图</translation>
    </message>
    <message>
      <source>Environment</source>
      <translation>环境</translation>
    </message>
    <message>
      <source>Plan</source>
      <translation>计划</translation>
    </message>
  </context>
  <context>
    <name>export</name>
    <message>
      <source>accuracy {0}</source>
      <translation>准确率 {0}</translation>
    </message>
    <message>
      <source>{0} epochs</source>
      <translation>{0} 个轮次</translation>
    </message>
  </context>
  <context>
    <name>fields</name>
    <message>
      <source>Write decimals with a point: {0}.</source>
      <translation>小数请用点号书写：{0}。</translation>
    </message>
    <message>
      <source>“{0}” comes to {1}, which is not allowed here.</source>
      <translation>“{0}”的结果是 {1}，此处不允许。</translation>
    </message>
    <message>
      <source>“{0}” is not a number.</source>
      <translation>“{0}”不是数字。</translation>
    </message>
  </context>
  <context>
    <name>inspector</name>
    <message>
      <source>No data chosen yet. Open the data panel.</source>
      <translation>尚未选择数据。请打开数据面板。</translation>
    </message>
    <message>
      <source>{0} classes</source>
      <translation>{0} 个类别</translation>
    </message>
    <message>
      <source>{0} samples</source>
      <translation>{0} 个样本</translation>
    </message>
  </context>
  <context>
    <name>line_buttons</name>
    <message>
      <source>Clear the text</source>
      <translation>清除文字</translation>
    </message>
  </context>
  <context>
    <name>marks</name>
    <message>
      <source>bypassed: the first input passes on unchanged</source>
      <translation>已旁路：第一个输入原样传递</translation>
    </message>
    <message>
      <source>frozen: its weights stay as they are</source>
      <translation>已冻结：权重保持不变</translation>
    </message>
    <message>
      <source>muted: zeros come out, a term doesn't count</source>
      <translation>已静音：输出零，损失项不计入</translation>
    </message>
    <message>
      <source>paused</source>
      <translation>已暂停</translation>
    </message>
    <message>
      <source>pinned: tidying up leaves it where it is</source>
      <translation>已固定：整理时留在原处</translation>
    </message>
    <message>
      <source>tied: {}</source>
      <translation>已绑定：{}</translation>
    </message>
    <message>
      <source>uses the weights of {}</source>
      <translation>使用 {} 的权重</translation>
    </message>
    <message>
      <source>went on</source>
      <translation>已继续</translation>
    </message>
    <message>
      <source>{0} of the device freed</source>
      <translation>已释放设备内存 {0}</translation>
    </message>
    <message>
      <source>{} times, one after the other</source>
      <translation>依次重复 {} 次</translation>
    </message>
  </context>
  <context>
    <name>menus</name>
    <message>
      <source>&amp;Edit</source>
      <translation>编辑(&amp;E)</translation>
    </message>
    <message>
      <source>&amp;File</source>
      <translation>文件(&amp;F)</translation>
    </message>
    <message>
      <source>&amp;Graph</source>
      <translation>图(&amp;G)</translation>
    </message>
    <message>
      <source>&amp;Help</source>
      <translation>帮助(&amp;H)</translation>
    </message>
    <message>
      <source>&amp;Train</source>
      <translation>训练(&amp;T)</translation>
    </message>
    <message>
      <source>&amp;View</source>
      <translation>视图(&amp;V)</translation>
    </message>
    <message>
      <source>&amp;Window</source>
      <translation>窗口(&amp;W)</translation>
    </message>
    <message>
      <source>Align</source>
      <translation>对齐</translation>
    </message>
    <message>
      <source>Bar during a run</source>
      <translation>训练时的条形</translation>
    </message>
    <message>
      <source>Blue</source>
      <translation>蓝色</translation>
    </message>
    <message>
      <source>Device</source>
      <translation>设备</translation>
    </message>
    <message>
      <source>Export</source>
      <translation>导出</translation>
    </message>
    <message>
      <source>Forget these</source>
      <translation>清除记录</translation>
    </message>
    <message>
      <source>Frames and notes</source>
      <translation>框与便签</translation>
    </message>
    <message>
      <source>Green</source>
      <translation>绿色</translation>
    </message>
    <message>
      <source>Grey</source>
      <translation>灰色</translation>
    </message>
    <message>
      <source>Menus</source>
      <translation>菜单</translation>
    </message>
    <message>
      <source>No recent files</source>
      <translation>没有最近的文件</translation>
    </message>
    <message>
      <source>Not saved to a file yet</source>
      <translation>尚未保存到文件</translation>
    </message>
    <message>
      <source>Open recent</source>
      <translation>最近打开</translation>
    </message>
    <message>
      <source>Overlay</source>
      <translation>叠加</translation>
    </message>
    <message>
      <source>Panels</source>
      <translation>面板</translation>
    </message>
    <message>
      <source>Pink</source>
      <translation>粉色</translation>
    </message>
    <message>
      <source>Probes</source>
      <translation>探针</translation>
    </message>
    <message>
      <source>Red</source>
      <translation>红色</translation>
    </message>
    <message>
      <source>Teal</source>
      <translation>青色</translation>
    </message>
    <message>
      <source>Theme</source>
      <translation>主题</translation>
    </message>
    <message>
      <source>Violet</source>
      <translation>紫色</translation>
    </message>
    <message>
      <source>Weights</source>
      <translation>权重</translation>
    </message>
    <message>
      <source>Wires</source>
      <translation>连线</translation>
    </message>
    <message>
      <source>Yellow</source>
      <translation>黄色</translation>
    </message>
    <message>
      <source>{} (edited)</source>
      <translation>{}(已修改)</translation>
    </message>
  </context>
  <context>
    <name>opening_runs</name>
    <message>
      <source>Open the folder of a run</source>
      <translation>打开运行记录的文件夹</translation>
    </message>
  </context>
  <context>
    <name>overlays</name>
    <message>
      <source>FLOPs of one sample, forward</source>
      <translation>单个样本前向的 FLOPs</translation>
    </message>
    <message>
      <source>Gradient at each output (RMS)</source>
      <translation>各输出的梯度（RMS）</translation>
    </message>
    <message>
      <source>Memory of the outputs for one sample</source>
      <translation>单个样本的输出内存</translation>
    </message>
    <message>
      <source>Parameters</source>
      <translation>参数</translation>
    </message>
    <message>
      <source>Shape of what each node puts out</source>
      <translation>各节点输出的形状</translation>
    </message>
    <message>
      <source>Time of a forward pass</source>
      <translation>前向计算的时间</translation>
    </message>
    <message>
      <source>bars by powers of ten</source>
      <translation>条形按十的幂</translation>
    </message>
    <message>
      <source>batch of {0} at random on {1}</source>
      <translation>{1} 上的 {0} 个随机样本的批次</translation>
    </message>
    <message>
      <source>batch of {0} on {1}</source>
      <translation>{1} 上的 {0} 个样本的批次</translation>
    </message>
    <message>
      <source>from {0} to {1}</source>
      <translation>从 {0} 到 {1}</translation>
    </message>
    <message>
      <source>{} in all</source>
      <translation>共 {}</translation>
    </message>
    <message>
      <source>{} numbers</source>
      <translation>{} 个数</translation>
    </message>
    <message>
      <source>{} parameters</source>
      <translation>{} 个参数</translation>
    </message>
  </context>
  <context>
    <name>palette</name>
    <message>
      <source>Activation</source>
      <translation>激活</translation>
    </message>
    <message>
      <source>Blocks of this project</source>
      <translation>本项目的块</translation>
    </message>
    <message>
      <source>Convolution</source>
      <translation>卷积</translation>
    </message>
    <message>
      <source>Data</source>
      <translation>数据</translation>
    </message>
    <message>
      <source>Dropout</source>
      <translation>Dropout</translation>
    </message>
    <message>
      <source>Linear</source>
      <translation>线性</translation>
    </message>
    <message>
      <source>Loss</source>
      <translation>损失</translation>
    </message>
    <message>
      <source>Math</source>
      <translation>数学</translation>
    </message>
    <message>
      <source>Merge</source>
      <translation>合并</translation>
    </message>
    <message>
      <source>My blocks</source>
      <translation>我的块</translation>
    </message>
    <message>
      <source>Normalization</source>
      <translation>归一化</translation>
    </message>
    <message>
      <source>Pooling</source>
      <translation>池化</translation>
    </message>
    <message>
      <source>Sequence</source>
      <translation>序列</translation>
    </message>
    <message>
      <source>Shape</source>
      <translation>形状</translation>
    </message>
  </context>
  <context>
    <name>panels</name>
    <message>
      <source>Code</source>
      <translation>代码</translation>
    </message>
    <message>
      <source>Curves</source>
      <translation>曲线</translation>
    </message>
    <message>
      <source>Data</source>
      <translation>数据</translation>
    </message>
    <message>
      <source>History</source>
      <translation>历史</translation>
    </message>
    <message>
      <source>Inspector</source>
      <translation>检查器</translation>
    </message>
    <message>
      <source>Layers</source>
      <translation>层</translation>
    </message>
    <message>
      <source>Outline</source>
      <translation>大纲</translation>
    </message>
    <message>
      <source>Problems</source>
      <translation>问题</translation>
    </message>
    <message>
      <source>Results</source>
      <translation>结果</translation>
    </message>
    <message>
      <source>Runs</source>
      <translation>运行记录</translation>
    </message>
    <message>
      <source>Summary</source>
      <translation>摘要</translation>
    </message>
    <message>
      <source>Training</source>
      <translation>训练</translation>
    </message>
    <message>
      <source>Try it</source>
      <translation>试一试</translation>
    </message>
  </context>
  <context>
    <name>picture</name>
    <message>
      <source>A drawing can't be written as “{}”.</source>
      <translation>图无法保存为“{}”。</translation>
    </message>
    <message>
      <source>Check that the folder exists and can be written to.</source>
      <translation>请检查文件夹是否存在且可写入。</translation>
    </message>
    <message>
      <source>Let the name end with .png, .svg or .pdf.</source>
      <translation>文件名请以 .png、.svg 或 .pdf 结尾。</translation>
    </message>
    <message>
      <source>Take a smaller scale, or SVG or PDF.</source>
      <translation>请使用较小的缩放比例，或改用 SVG 或 PDF。</translation>
    </message>
    <message>
      <source>The picture could not be written to “{}”: {}.</source>
      <translation>图片无法写入“{}”：{}。</translation>
    </message>
    <message>
      <source>The picture would be {} × {} pixels.</source>
      <translation>图片将有 {} × {} 像素。</translation>
    </message>
  </context>
  <context>
    <name>probes</name>
    <message>
      <source>No gradient comes here.</source>
      <translation>此处没有梯度。</translation>
    </message>
    <message>
      <source>Waits for a run.</source>
      <translation>等待训练。</translation>
    </message>
    <message>
      <source>mean {0}, spread {1}, {2} zeros, {3} dead</source>
      <translation>均值 {0}，标准差 {1}，零 {2}，失活 {3}</translation>
    </message>
    <message>
      <source>mean {0}, spread {1}, {2} zeros, {3} dead, {4} NaN</source>
      <translation>均值 {0}，标准差 {1}，零 {2}，失活 {3}，NaN {4}</translation>
    </message>
    <message>
      <source>{0} zeros · {1} dead</source>
      <translation>零 {0} · 失活 {1}</translation>
    </message>
  </context>
  <context>
    <name>problems</name>
    <message>
      <source>Error</source>
      <translation>错误</translation>
    </message>
    <message>
      <source>Fix</source>
      <translation>修复</translation>
    </message>
    <message>
      <source>Info</source>
      <translation>信息</translation>
    </message>
    <message>
      <source>Learn more</source>
      <translation>了解更多</translation>
    </message>
    <message>
      <source>Say this no more at this node; the inspector and the list of problems can undo it.</source>
      <translation>在此节点不再提示；可在检查器和问题列表中恢复。</translation>
    </message>
    <message>
      <source>Silence here</source>
      <translation>在此不再提示</translation>
    </message>
    <message>
      <source>Silence {0} at {1}</source>
      <translation>不再提示 {1} 处的 {0}</translation>
    </message>
    <message>
      <source>Tell {0} at {1} again</source>
      <translation>恢复提示 {1} 处的 {0}</translation>
    </message>
    <message>
      <source>Warning</source>
      <translation>警告</translation>
    </message>
    <message>
      <source>What it means, why it matters and what to do about it.</source>
      <translation>它的含义、为何重要以及如何处理。</translation>
    </message>
  </context>
  <context>
    <name>quantities</name>
    <message>
      <source>Gradient norm</source>
      <translation>梯度范数</translation>
    </message>
    <message>
      <source>Learning rate</source>
      <translation>学习率</translation>
    </message>
    <message>
      <source>Memory</source>
      <translation>内存</translation>
    </message>
    <message>
      <source>Memory of the process</source>
      <translation>进程内存</translation>
    </message>
    <message>
      <source>Processor</source>
      <translation>处理器</translation>
    </message>
    <message>
      <source>Samples per second</source>
      <translation>每秒样本数</translation>
    </message>
    <message>
      <source>Update ratio</source>
      <translation>更新比例</translation>
    </message>
    <message>
      <source>Utilization</source>
      <translation>利用率</translation>
    </message>
  </context>
  <context>
    <name>reasons</name>
    <message>
      <source>A run is under way, which would make the figures wrong.</source>
      <translation>正在训练，会使测得的数字不准。</translation>
    </message>
    <message>
      <source>A run is under way.</source>
      <translation>正在训练。</translation>
    </message>
    <message>
      <source>A speed trial is under way.</source>
      <translation>正在进行速度测试。</translation>
    </message>
    <message>
      <source>An export is under way.</source>
      <translation>正在导出。</translation>
    </message>
    <message>
      <source>Another window trains, and evaluating here would change its run.</source>
      <translation>另一个窗口正在训练，在此求值会影响其训练。</translation>
    </message>
    <message>
      <source>Batches are being tried.</source>
      <translation>正在尝试批次。</translation>
    </message>
    <message>
      <source>Choose a run in the Runs panel, or train one.</source>
      <translation>请在“运行记录”面板中选择一条，或训练一次。</translation>
    </message>
    <message>
      <source>Everything is saved.</source>
      <translation>已全部保存。</translation>
    </message>
    <message>
      <source>It is unique already: no other block shares its definition.</source>
      <translation>它已经是独立的：没有其他块共用它的定义。</translation>
    </message>
    <message>
      <source>It uses nobody else's weights.</source>
      <translation>它没有使用其他层的权重。</translation>
    </message>
    <message>
      <source>No panel stands behind another one.</source>
      <translation>没有面板位于其他面板之后。</translation>
    </message>
    <message>
      <source>No repeated block is shown.</source>
      <translation>当前没有显示重复块。</translation>
    </message>
    <message>
      <source>No run is under way.</source>
      <translation>没有正在进行的训练。</translation>
    </message>
    <message>
      <source>No wire leads from here to other nodes.</source>
      <translation>没有连线从这里通向其他节点。</translation>
    </message>
    <message>
      <source>Nothing is wrong with any node.</source>
      <translation>所有节点都没有问题。</translation>
    </message>
    <message>
      <source>Nothing is wrong with this node.</source>
      <translation>此节点没有问题。</translation>
    </message>
    <message>
      <source>Nothing was changed yet.</source>
      <translation>尚无任何更改。</translation>
    </message>
    <message>
      <source>Nothing was trained in this window yet.</source>
      <translation>此窗口中尚未训练过。</translation>
    </message>
    <message>
      <source>Nothing was undone.</source>
      <translation>没有撤销过任何操作。</translation>
    </message>
    <message>
      <source>Select a frame or a note first.</source>
      <translation>请先选择一个框或便签。</translation>
    </message>
    <message>
      <source>Select a node first.</source>
      <translation>请先选择一个节点。</translation>
    </message>
    <message>
      <source>Select a node or a wire first.</source>
      <translation>请先选择一个节点或一条连线。</translation>
    </message>
    <message>
      <source>Select a node that has wires first.</source>
      <translation>请先选择一个有连线的节点。</translation>
    </message>
    <message>
      <source>Select a node, a frame or a note first.</source>
      <translation>请先选择节点、框或便签。</translation>
    </message>
    <message>
      <source>Select a wire first.</source>
      <translation>请先选择一条连线。</translation>
    </message>
    <message>
      <source>Select a wire with a probe first.</source>
      <translation>请先选择带探针的连线。</translation>
    </message>
    <message>
      <source>Select one block first.</source>
      <translation>请先选择一个块。</translation>
    </message>
    <message>
      <source>Select one node, frame or note first.</source>
      <translation>请先只选择一个节点、框或便签。</translation>
    </message>
    <message>
      <source>Select one node.</source>
      <translation>请选择一个节点。</translation>
    </message>
    <message>
      <source>Select the node whose value shall be differentiated, such as the loss.</source>
      <translation>请选择要对其值求导的节点，例如损失。</translation>
    </message>
    <message>
      <source>Select two or more nodes first.</source>
      <translation>请先选择两个或更多节点。</translation>
    </message>
    <message>
      <source>The canvas is empty. Drag a layer onto it from the palette.</source>
      <translation>画布是空的。请从组件面板拖一个层到画布上。</translation>
    </message>
    <message>
      <source>The clipboard holds no nodes.</source>
      <translation>剪贴板中没有节点。</translation>
    </message>
    <message>
      <source>The code is being written.</source>
      <translation>正在生成代码。</translation>
    </message>
    <message>
      <source>The drawing is being checked.</source>
      <translation>正在检查图。</translation>
    </message>
    <message>
      <source>The run computes on the CPU: there is no memory of a GPU to free.</source>
      <translation>训练在 CPU 上进行：没有可释放的 GPU 内存。</translation>
    </message>
    <message>
      <source>The run has lost its project, so that its plan is not known.</source>
      <translation>该运行记录已丢失项目，因此不知道其计划。</translation>
    </message>
    <message>
      <source>The run is ending: it saves its state.</source>
      <translation>训练即将结束：正在保存状态。</translation>
    </message>
    <message>
      <source>The run is starting or ending, or another program's.</source>
      <translation>训练正在开始或结束，或属于另一个程序。</translation>
    </message>
    <message>
      <source>The run is starting or ending.</source>
      <translation>训练正在启动或结束。</translation>
    </message>
    <message>
      <source>There is no frame and no note here.</source>
      <translation>这里没有框，也没有便签。</translation>
    </message>
    <message>
      <source>There is no loss to train by. Wire an output into a loss, e.g. CrossEntropyLoss.</source>
      <translation>没有可用于训练的损失。请将一个输出连到损失上，例如 CrossEntropyLoss。</translation>
    </message>
    <message>
      <source>There is no model to export: no value reaches an Output or a loss.</source>
      <translation>没有可导出的模型：没有值到达 Output 或损失。</translation>
    </message>
    <message>
      <source>There is no other window.</source>
      <translation>没有其他窗口。</translation>
    </message>
    <message>
      <source>There is no probe.</source>
      <translation>没有探针。</translation>
    </message>
    <message>
      <source>This is the first turn.</source>
      <translation>这是第一次重复。</translation>
    </message>
    <message>
      <source>This is the last turn.</source>
      <translation>这是最后一次重复。</translation>
    </message>
    <message>
      <source>This is the main drawing.</source>
      <translation>这是主图。</translation>
    </message>
    <message>
      <source>{0} Select two or more layers of one kind.</source>
      <translation>{0} 请选择两个或更多同种类的层。</translation>
    </message>
  </context>
  <context>
    <name>runs</name>
    <message>
      <source>A click makes it a favourite, or takes that back</source>
      <translation>单击可收藏或取消收藏</translation>
    </message>
    <message>
      <source>Best loss</source>
      <translation>最佳损失</translation>
    </message>
    <message>
      <source>Best metric</source>
      <translation>最佳指标</translation>
    </message>
    <message>
      <source>Damaged</source>
      <translation>已损坏</translation>
    </message>
    <message>
      <source>Device</source>
      <translation>设备</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>已完成</translation>
    </message>
    <message>
      <source>Epochs</source>
      <translation>轮次</translation>
    </message>
    <message>
      <source>Failed</source>
      <translation>失败</translation>
    </message>
    <message>
      <source>Favourites</source>
      <translation>收藏</translation>
    </message>
    <message>
      <source>Interrupted</source>
      <translation>已中断</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>名称</translation>
    </message>
    <message>
      <source>Running</source>
      <translation>进行中</translation>
    </message>
    <message>
      <source>Started</source>
      <translation>开始时间</translation>
    </message>
    <message>
      <source>State</source>
      <translation>状态</translation>
    </message>
    <message>
      <source>Stopped</source>
      <translation>已停止</translation>
    </message>
    <message>
      <source>Tags</source>
      <translation>标签</translation>
    </message>
    <message>
      <source>Time</source>
      <translation>用时</translation>
    </message>
    <message>
      <source>favourite</source>
      <translation>已收藏</translation>
    </message>
    <message>
      <source>no favourite</source>
      <translation>未收藏</translation>
    </message>
  </context>
  <context>
    <name>shortcuts</name>
    <message>
      <source>Actual size</source>
      <translation>实际大小</translation>
    </message>
    <message>
      <source>Add to the selection</source>
      <translation>添加到所选内容</translation>
    </message>
    <message>
      <source>Arrow keys</source>
      <translation>方向键</translation>
    </message>
    <message>
      <source>Backspace</source>
      <translation>Backspace</translation>
    </message>
    <message>
      <source>Ctrl and arrow keys</source>
      <translation>Ctrl 和方向键</translation>
    </message>
    <message>
      <source>Delete, or leave the block</source>
      <translation>删除，或退出块</translation>
    </message>
    <message>
      <source>Double-click</source>
      <translation>双击</translation>
    </message>
    <message>
      <source>Help, Keyboard shortcuts gives it others.</source>
      <translation>可在“帮助”的“键盘快捷键”中改用其他键。</translation>
    </message>
    <message>
      <source>Middle button, Space and drag</source>
      <translation>鼠标中键，或按住空格键拖动</translation>
    </message>
    <message>
      <source>Move the view</source>
      <translation>移动视图</translation>
    </message>
    <message>
      <source>Move what is selected</source>
      <translation>移动所选内容</translation>
    </message>
    <message>
      <source>Search a layer at the pointer</source>
      <translation>在指针处搜索层</translation>
    </message>
    <message>
      <source>Shift and click</source>
      <translation>Shift 加单击</translation>
    </message>
    <message>
      <source>Stop, select nothing, leave the block</source>
      <translation>停止、取消选择、退出块</translation>
    </message>
    <message>
      <source>The file is kept as {}.</source>
      <translation>该文件保留为 {}。</translation>
    </message>
    <message>
      <source>The settings could not be read: this is how things are at first.</source>
      <translation>无法读取设置：当前为初始设置。</translation>
    </message>
    <message>
      <source>This works everywhere in the window, where {} is for typing and moving about. Hold Ctrl or Alt with it, or press a function key.</source>
      <translation>此命令在整个窗口中有效，而 {} 要用于输入和移动。请同时按住 Ctrl 或 Alt，或按功能键。</translation>
    </message>
    <message>
      <source>Walk along the wires</source>
      <translation>沿连线移动</translation>
    </message>
    <message>
      <source>Wheel, + and -</source>
      <translation>滚轮、+ 和 -</translation>
    </message>
    <message>
      <source>Zoom</source>
      <translation>缩放</translation>
    </message>
    <message>
      <source>{} is one of the keys that always mean the same. Press others.</source>
      <translation>{} 是含义固定的按键之一。请按其他键。</translation>
    </message>
    <message>
      <source>“{0}” can't have the keys “{1}” that the settings say: it has those that it has at first.</source>
      <translation>“{0}”不能使用设置中的快捷键“{1}”：仍使用初始快捷键。</translation>
    </message>
  </context>
  <context>
    <name>strands</name>
    <message>
      <source>all</source>
      <translation>全部</translation>
    </message>
    <message>
      <source>epoch</source>
      <translation>轮次</translation>
    </message>
    <message>
      <source>train</source>
      <translation>训练</translation>
    </message>
    <message>
      <source>val</source>
      <translation>验证</translation>
    </message>
  </context>
  <context>
    <name>switches</name>
    <message>
      <source>Bypass {}</source>
      <translation>旁路 {}</translation>
    </message>
    <message>
      <source>Freeze {}</source>
      <translation>冻结 {}</translation>
    </message>
    <message>
      <source>Mute {}</source>
      <translation>将 {} 静音</translation>
    </message>
    <message>
      <source>Stop bypassing {}</source>
      <translation>取消旁路 {}</translation>
    </message>
    <message>
      <source>Thaw {}</source>
      <translation>解冻 {}</translation>
    </message>
    <message>
      <source>Unmute {}</source>
      <translation>取消 {} 静音</translation>
    </message>
  </context>
</TS>
