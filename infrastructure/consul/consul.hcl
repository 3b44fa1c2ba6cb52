# One server that is its own leader: for a single machine. In production three or five servers, TLS, and ACLs with the rules of acl/.
datacenter         = "mercato"
data_dir           = "/consul/data"
server             = true
bootstrap_expect   = 1
client_addr        = "0.0.0.0"
bind_addr          = "0.0.0.0"
disable_update_check = true
leave_on_terminate = false

ui_config {
  enabled = true
}

# Instances register themselves, each with a check that must hear of it within seconds.
performance {
  raft_multiplier = 1
}
