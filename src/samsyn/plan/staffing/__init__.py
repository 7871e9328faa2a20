"""Which joint inspection on which day, with whom and in which car, over weeks?

``task`` is what is given and proposed, ``reading`` finds what is wrong in a file. ``proposing``
makes a plan: ``days`` by numbers alone, ``first`` and ``teams`` with people, ``joint`` the exact
model, ``evening`` the last exchange. ``conflicts`` checks any plan by itself. ``replanning`` keeps
what can be kept when somebody falls ill, ``explaining`` and ``ways_in`` say why and what it would
take, ``calendars`` what each person's calendar may tell, ``example`` invents a month. Pure: clock
and seed are handed in.
"""
