insert into effect (item, worker) values (:item, :worker)
