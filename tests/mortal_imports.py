"""What a process that may die has imported, and done for a first time, beforehand."""

import graphcore.cli
import graphcore.cli.training
import graphcore.training.session
from graphcore.analysis.analyse import analyse
from graphcore.project.templates import open_template

MODULES = (graphcore.cli, graphcore.cli.training, graphcore.training.session)
FIRST = analyse(open_template("iris"))
