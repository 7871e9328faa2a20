"""Questions, assessments, disclosures, recalls: what one agency tells another, and why it may."""
