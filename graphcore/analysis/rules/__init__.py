"""What is said about a drawing, in our own words: rules by theme, gathered in one table."""

from graphcore.analysis.rules.case import say, shown
from graphcore.analysis.rules.table import node_problem, project_problems, refused_problem

__all__ = ["node_problem", "project_problems", "refused_problem", "say", "shown"]
