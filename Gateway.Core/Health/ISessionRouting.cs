using OpenClaw.Gateway.Protocol.Connect;

namespace OpenClaw.Gateway.Core.Health;

/// <summary>Where messages without a session go.</summary>
internal interface ISessionRouting
{
    SessionDefaults Defaults { get; }
}
