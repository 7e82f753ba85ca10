#!/usr/bin/python3 -IS
"""Stands in for TraceNG: takes its options as the reference gives them, and answers ARP."""
import os
import re
import socket
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from stand_in import arp_answer

args = sys.argv[1:]
shape = [r"-u", r"-c", r"\d+", r"-v", r"\d+", r"-b", r"127\.0\.0\.1", r"-s", r"ICMP", r"-f", r"[\d.]+", r"\S+"]
if len(args) != len(shape) or not all(re.fullmatch(one, arg) for one, arg in zip(shape, args)):
    sys.exit("usage: traceng -u -c PORT -v PORT -b HOST -s ICMP -f ADDRESS DESTINATION")
if args[11] == "nowhere":
    sys.exit("there is no way to nowhere")
address = socket.inet_aton(args[10])
wire = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
wire.bind(("127.0.0.1", int(args[2])))
wire.connect((args[6], int(args[4])))
while True:
    try:
        frame = wire.recv(65536)
    except ConnectionRefusedError:
        continue
    answer = arp_answer(frame, b"\x02\x00\x00\x00\x02\x01", address)
    if answer:
        wire.send(answer)
