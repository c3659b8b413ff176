using OpenClaw.Gateway.Protocol.Connect;
using OpenClaw.Gateway.Protocol.Methods.Status;

namespace OpenClaw.Gateway.Core.Health;

/// <summary>The short views of the session stores that health and status show. Reads come from memory.</summary>
internal interface ISessionOverview
{
    /// <summary>Count and the five newest sessions of an agent.</summary>
    HealthSessions ForHealth(string agentId, long nowMs);

    /// <summary>The sessions part of <c>status</c>.</summary>
    StatusSessions ForStatus(IReadOnlyList<string> agentIds, long nowMs);
}

/// <summary>Where messages without a session go.</summary>
internal interface ISessionRouting
{
    SessionDefaults Defaults { get; }
}
