package main

const healthPath = "/healthz"
