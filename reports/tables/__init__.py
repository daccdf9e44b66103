"""From the tables of a document to rows of projects and tasks."""
