using System.Collections.Immutable;
using OpenClaw.Gateway.Core.Connections;
using OpenClaw.Gateway.Core.Devices;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Limits;

namespace OpenClaw.Gateway.Core.Handshake;

/// <summary>How a connect request ended.</summary>
internal abstract record HandshakeOutcome;

/// <summary>The client is in.</summary>
/// <param name="Identity">What it was granted.</param>
internal sealed record HandshakeAccepted(ConnectionIdentity Identity) : HandshakeOutcome
{
    /// <summary>Device token, when it proved a device.</summary>
    public DeviceToken? Token { get; init; }

    /// <summary>Tokens for the other roles that a bootstrap token came with.</summary>
    public ImmutableArray<DeviceToken> OtherTokens { get; init; } = [];

    /// <summary>Pairing requests that were approved on the way.</summary>
    public ImmutableArray<PairingRequest> Approved { get; init; } = [];
}

/// <summary>The client is refused: an error response, then a close.</summary>
/// <param name="Error">The response.</param>
/// <param name="CloseReason">Reason text of the close frame.</param>
/// <param name="CloseCode">Code of the close frame.</param>
internal sealed record HandshakeRefused(ErrorShape Error, string CloseReason, int CloseCode = CloseCodes.PolicyViolation) : HandshakeOutcome
{
    /// <summary>A new pairing request that people have to be told of.</summary>
    public PairingRequest? NewRequest { get; init; }

    /// <summary>True when a wrong secret was offered, which counts against the client's address.</summary>
    public bool WrongSecret { get; init; }
}
