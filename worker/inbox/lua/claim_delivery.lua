-- ARGV: now, lease, poison limit, id. Returns false, or {fence, seq, record, written, attempts, unknown, now}.
local now, lease, id = clock(ARGV[1]), num(ARGV[2]), ARGV[4]
local r = K('r', id)
local due = get(r, 'due')
if not due or num(due) > now then return false end
local deaths = num(get(r, 'deaths'))
if deaths >= num(ARGV[3]) then
  park_report(id, deaths .. ' workers died over it', now)
  return false
end
redis.call('HINCRBY', r, 'deaths', 1)
redis.call('HSET', r, 'due', int(now + lease), 'lease', int(now + lease))
redis.call('HDEL', r, 'rings')
ring_at('deliver', id, now + lease)
set_delivery(id, 'delivering', now)
local fence = redis.call('HINCRBY', r, 'fence', 1)
local attempts = redis.call('HINCRBY', r, 'attempts', 1)
local fields = redis.call('HMGET', r, 'seq', 'written', 'unknown')
return { fence, fields[1], redis.call('HGET', K('o', id), fields[1]), fields[2], attempts, fields[3], int(now) }
