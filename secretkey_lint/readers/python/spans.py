"""TEMPORARY stand-in until the real one is written: whole of libcst."""
def locate(source, module, nodes):
    import libcst as real
    from libcst.metadata import MetadataWrapper, PositionProvider
    w = MetadataWrapper(real.parse_module(source), unsafe_skip_copy=True)
    pos = w.resolve(PositionProvider)
    starts=[0]
    import re
    for m in re.finditer(r"\r\n|\n|\r", source): starts.append(m.end())
    wanted={id(n) for n in nodes}; out={}
    stack=[(module,w.module)]
    while stack:
        a,b=stack.pop()
        if a is None: continue
        if id(a) in wanted and b in pos:
            p=pos[b]; out[id(a)]=(starts[p.start.line-1]+p.start.column, starts[p.end.line-1]+p.end.column)
        for k,v in vars(a).items():
            r=getattr(b,k)
            if isinstance(v,(list,tuple)): stack+=list(zip(v,r))
            elif hasattr(v,"__dict__"): stack.append((v,r))
    return out
