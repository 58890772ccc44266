-- ARGV: now, id, fence ("" for whoever holds it), reason. Returns 1, or 0 if the work is no longer open or not ours.
local now, id = clock(ARGV[1]), ARGV[2]
local m = K('m', id)
if not get(m, 'due') or (ARGV[3] ~= '' and get(m, 'fence') ~= ARGV[3]) then return 0 end
set_aside(id, ARGV[4], now)
return 1
