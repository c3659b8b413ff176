using Microsoft.AspNetCore.Http.Features;

namespace OpenClaw.Gateway.Core.Connections;

/// <summary>Puts a <see cref="CoalescingStream"/> under the WebSocket that ASP.NET Core builds on an upgraded connection.</summary>
internal sealed class CoalescingUpgradeFeature(IHttpUpgradeFeature inner) : IHttpUpgradeFeature
{
    public bool IsUpgradableRequest => inner.IsUpgradableRequest;

    /// <summary>The stream, once upgraded.</summary>
    public CoalescingStream? Stream { get; private set; }

    public async Task<Stream> UpgradeAsync() => Stream = new CoalescingStream(await inner.UpgradeAsync().ConfigureAwait(false));
}
