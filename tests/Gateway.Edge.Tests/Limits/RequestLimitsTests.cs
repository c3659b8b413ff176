using OpenClaw.Gateway.Edge.Limits;
using OpenClaw.Gateway.Protocol.Services;

namespace OpenClaw.Gateway.Edge.Tests.Limits;

public sealed class RequestLimitsTests
{
    [Theory]
    [InlineData("/v1/chat/completions", 9)]
    [InlineData("/v1/responses", 7)]
    [InlineData("/tools/invoke", 2 << 20)]
    [InlineData("/in", 5)]
    [InlineData("/in/agent", 5)]
    [InlineData("/inside", 1 << 20)]
    [InlineData("/anything", 1 << 20)]
    public void LimitOf_IsTheRoutes(string path, long expected) =>
        Assert.Equal(expected, RequestLimits.LimitOf(path, new EdgeSettings { HooksPath = "/in", HooksMaxBodyBytes = 5, ResponsesMaxBodyBytes = 7, ChatCompletionsMaxBodyBytes = 9 }));
}
