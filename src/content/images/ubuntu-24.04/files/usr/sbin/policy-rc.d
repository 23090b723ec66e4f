#!/bin/sh

# Packages that would start a service are told not to: a container has no init to run it.
exit 101
