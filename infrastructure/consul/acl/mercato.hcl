# Rules of the token of Mercato's processes (CONSUL_TOKEN), where ACLs deny by default: register themselves, find each other.
service_prefix "" {
  policy = "write"
}

node_prefix "" {
  policy = "read"
}
