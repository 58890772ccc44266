-- ARGV: now, lease, poison limit, id. Returns false, or {now, fence, body, deaths before, fields ...}.
local now, lease, id = clock(ARGV[1]), num(ARGV[2]), ARGV[4]
local m = K('m', id)
local known = call('HMGET', m, 'due', 'deaths', 'fence', 'bells', 'sender', 'fhir_version', 'stored', 'arrival')
if not known[1] or num(known[1]) > now then return false end
local deaths, fence = num(known[2]), num(known[3]) + 1
if deaths >= num(ARGV[3]) then
  set_aside(id, deaths .. ' workers died over it', now)
  return false
end
local body = call('GET', K('b', id))
if not body then
  set_aside(id, 'its body was purged', now)
  return false
end
local until_ = int(now + lease)
call('HSET', m, 'due', until_, 'lease', until_, 'rings', 0, 'deaths', deaths + 1, 'fence', fence,
  'looks', get(K('news'), 'count') or 0)
ring_at('decide', id, now + lease)
return { int(now), fence, body, deaths, unpack(known, 4) }
