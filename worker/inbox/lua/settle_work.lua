-- ARGV: now, report id, sequence number of the outcome that was looked at, what a clinician decided about it.
-- A newer outcome has work of its own: then nothing changes. Answers 1 if the work is off the list.
local now, id, seq = clock(ARGV[1]), ARGV[2], ARGV[3]
local r = K('r', id)
local known = call('HMGET', r, 'seq', 'work', 'history')
if known[1] ~= seq or not known[2] then return 0 end
keep_work(id, nil, true, now)
call('HSET', r, 'history', told(known[3], 'seen ' .. ARGV[4] .. ' at the EHR', now))
return 1
