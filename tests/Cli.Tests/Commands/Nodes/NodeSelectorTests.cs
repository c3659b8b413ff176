using OpenClaw.Cli.Commands.Nodes;
using OpenClaw.Gateway.Protocol.Methods.Nodes;

namespace OpenClaw.Cli.Tests.Commands.Nodes;

public sealed class NodeSelectorTests
{
    private static readonly NodeRow[] Nodes =
    [
        Row("aaaaaaaa1111", "Kitchen Mac", "10.0.0.5"),
        Row("aaaaaaaa2222", "Kitchen  mac!", null),
        Row("bbbbbbbb3333", "Müller's Phone", "10.0.0.6"),
        Row("bbb", null, null),
    ];

    [Theory]
    [InlineData("aaaaaaaa1111", "aaaaaaaa1111")]
    [InlineData("bbb", "bbb")]
    [InlineData("bbbbbb", "bbbbbbbb3333")]
    [InlineData("10.0.0.5", "aaaaaaaa1111")]
    [InlineData("MÜLLER'S phone", "bbbbbbbb3333")]
    public void Find_WhatMeansOneNode_IsIt(string text, string id) => Assert.Equal((id, null), NodeSelector.Find(Nodes, text));

    [Theory]
    [InlineData("bbbbb", "unknown node: bbbbb")]
    [InlineData("aaaaaa", "ambiguous node: aaaaaa (matches: Kitchen Mac, Kitchen  mac!)")]
    [InlineData("kitchen mac", "ambiguous node: kitchen mac (matches: Kitchen Mac, Kitchen  mac!)")]
    [InlineData("!!!", "unknown node: !!!")]
    [InlineData(" ", "node required")]
    public void Find_WhatMeansNoneOrSeveral_IsRefused(string text, string problem) => Assert.Equal((null, problem), NodeSelector.Find(Nodes, text));

    private static NodeRow Row(string id, string? name, string? ip) => new() { NodeId = id, DisplayName = name, RemoteIp = ip, Caps = [], Commands = [], Paired = true, Connected = true };
}
