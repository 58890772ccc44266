"""
The practice view, ``/console``: what is open and by when, and how the installation is. It shows and changes no plan.

``app`` routes and who may look · ``board`` one moment as values and JSON · ``page`` the same as HTML · ``released``
what clinicians have decided at the EHR since.
"""

from worker.console.app import console_routes

__all__ = ["console_routes"]
