"""How good medlint is: measured on defects that are made, and on real exports."""
