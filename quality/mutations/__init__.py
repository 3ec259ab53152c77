"""`make mutations`: one known defect at a time in a clean record, and whether medlint finds it."""
