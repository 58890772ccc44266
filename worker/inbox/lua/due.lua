-- ARGV: now, grace, kind, limit, longest pause. Ids to ring; each is asked for again only after a pause that doubles,
-- so that a long queue of bells is not made longer by the sweep.
local now, kind = clock(ARGV[1]), ARGV[3]
local hash = kind == 'decide' and 'm' or 'r'
local ring = K('ring', kind)
local found = {}
for _, id in ipairs(call('ZRANGEBYSCORE', ring, '-inf', int(now), 'LIMIT', 0, ARGV[4])) do
  if get(K(hash, id), 'due') then
    local rings = call('HINCRBY', K(hash, id), 'rings', 1)
    ring_at(kind, id, now + math.min(num(ARGV[2]) * 2 ^ math.min(rings - 1, 20), num(ARGV[5])))
    table.insert(found, id)
  else
    call('ZREM', ring, id)
  end
end
call('HSET', K('sweep'), 'last', int(now))
if #found > 0 then call('HINCRBY', K('sweep'), kind, #found) end
return found
