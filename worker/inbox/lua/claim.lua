-- ARGV: now, lease, poison limit, id. Returns false, or {now, fence, body, deaths before, fields ...}.
local now, lease, id = clock(ARGV[1]), num(ARGV[2]), ARGV[4]
local m = K('m', id)
local due = get(m, 'due')
if not due or num(due) > now then return false end
local deaths = num(get(m, 'deaths'))
if deaths >= num(ARGV[3]) then
  set_aside(id, deaths .. ' workers died over it', now)
  return false
end
local body = redis.call('GET', K('b', id))
if not body then
  set_aside(id, 'its body was purged', now)
  return false
end
redis.call('HINCRBY', m, 'deaths', 1)
redis.call('HSET', m, 'due', int(now + lease), 'lease', int(now + lease))
redis.call('HDEL', m, 'rings')
ring_at('decide', id, now + lease)
local fence = redis.call('HINCRBY', m, 'fence', 1)
local fields = redis.call('HMGET', m, 'bells', 'sender', 'fhir_version', 'stored', 'arrival')
return { int(now), fence, body, deaths, unpack(fields) }
