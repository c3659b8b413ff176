using OpenClaw.Gateway.Core.Health;
using OpenClaw.Gateway.Protocol.Connect;
using OpenClaw.Gateway.Protocol.Methods.Status;

namespace OpenClaw.Gateway.Core.Tests.Support;

internal sealed class FakeSessionOverview : ISessionOverview, ISessionRouting
{
    public SessionDefaults Defaults { get; } = new() { DefaultAgentId = "main", MainKey = "main", MainSessionKey = "agent:main:main", Scope = "per-sender" };

    public HealthSessions ForHealth(string agentId, long nowMs) => new() { Path = "/tmp/sessions.json", Count = 0, Recent = [] };

    public StatusSessions ForStatus(IReadOnlyList<string> agentIds, long nowMs) => new()
    {
        Paths = [],
        Count = 0,
        Defaults = new StatusSessionDefaults { Model = null, ContextTokens = null },
        Recent = [],
        ByAgent = [],
    };
}
