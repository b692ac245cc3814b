select a.role, count(*) as contacts from contact c join account a on a.user_id = c.account_id group by a.role order by a.role
