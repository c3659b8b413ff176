using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using OpenClaw.Gateway.Core.Devices;
using OpenClaw.Gateway.Core.Sessions.Locking;

namespace OpenClaw.Gateway.Core.KillTarget;

/// <summary>
/// Lets device after device ask, approves it, and revokes every third, as fast as it can; prints <c>r &lt;n&gt; &lt;request&gt;</c>,
/// <c>a &lt;n&gt; &lt;token&gt;</c> and <c>v &lt;n&gt;</c> once each is on disk.
/// </summary>
internal static class DeviceWrites
{
    public static async Task RunAsync(string directory, int first)
    {
        var time = TimeProvider.System;
        using var store = new DeviceStore(directory, new LockFiles(time, Environment.MachineName), time, NullLogger<DeviceStore>.Instance);
        var (pairing, requests, tokens) = (new DevicePairing(store, time), new PairingRequests(store, time), new DeviceTokens(store, time));
        for (var n = first; ; n++)
        {
            var device = string.Create(CultureInfo.InvariantCulture, $"device-{n}");
            var claim = new DeviceClaim { DeviceId = device, PublicKey = "key", Role = "operator", Scopes = ["operator.read"], IsLocal = false };
            var asked = await pairing.AdmitAsync(claim, CancellationToken.None);
            Output.Say($"r {n} {asked.Waiting!.RequestId}");
            var approved = await requests.ApproveAsync(asked.Waiting.RequestId, GrantAuthority.Host, CancellationToken.None);
            Output.Say($"a {n} {approved.Device!.TokenFor("operator")!.Token}");
            if (n % 3 != 0)
                continue;
            await tokens.RevokeAsync(device, "operator", GrantAuthority.Host, CancellationToken.None);
            Output.Say($"v {n}");
        }
    }
}
