"""The shipped templates as they are drawn, one function each; tests.make_templates saves them."""
