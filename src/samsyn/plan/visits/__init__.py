"""Who makes which visit, in which order and when, where some visits need two people together?

``read_problem`` and ``read_plan`` read the public format, ``first_plan`` lays a plan at once,
``Search`` makes it better, ``check`` recomputes cost and feasibility by code of its own.
"""
