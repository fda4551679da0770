//! Small cases against every assignment.
