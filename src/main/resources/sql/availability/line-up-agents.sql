insert into availability_ask (check_id, position, agent_id, agent_name, phone, language, time_zone, token)
select :check_id, agent.n - 1, agent_id, agent_name, phone, language, time_zone, token
from unnest(:agent_ids::text[], :agent_names::text[], :phones::text[], :languages::text[], :time_zones::text[], :tokens::text[]) with ordinality
    as agent (agent_id, agent_name, phone, language, time_zone, token, n)
returning *
