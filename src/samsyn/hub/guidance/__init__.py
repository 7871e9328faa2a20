"""What does an officer need to know at this step, and how is it learnt?

Method support (*metodstöd*): the few lines at every step, everyday situations as guided paths,
exercises with invented matters, and all of it as a handbook. It has no tables: the words come from
the folder ``guidance`` of the rulebook, and every answer of the law is asked for when it is shown.
"""
