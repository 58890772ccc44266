-- ARGV: now, grace, id, body, then fields of the message. Returns 1 if it is new, 0 if it was here before.
local now, id = clock(ARGV[1]), ARGV[3]
local m = K('m', id)
if call('EXISTS', m) == 1 then return 0 end
call('SET', K('b', id), ARGV[4])
local arrival = call('INCR', K('arrivals'))
call('HSET', m, 'arrival', arrival, 'fence', 0, 'deaths', 0, 'bells', 0, 'stored', int(now), 'due', int(now), unpack(ARGV, 5))
set_state(id, 'received', '', now, {})
ring_at('decide', id, now + num(ARGV[2]))
return 1
