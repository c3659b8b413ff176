using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OpenClaw.Gateway.Core.Egress;

internal static class EgressServices
{
    public const string ClientName = "egress";

    /// <summary>Adds the one way in which the gateway fetches addresses that others name.</summary>
    public static IServiceCollection AddEgress(this IServiceCollection services)
    {
        services.TryAddSingleton<EgressPolicy>();
        services.TryAddSingleton<EgressFetcher>();
        services.AddHttpClient(ClientName, static client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(static provider => Handler(provider.GetRequiredService<EgressPolicy>()))
            .RemoveAllLoggers();
        return services;
    }

    private static SocketsHttpHandler Handler(EgressPolicy policy) => new()
    {
        // Every hop is looked at; a proxy or a cookie would make a request more than the bare fetch that it is.
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        PooledConnectionLifetime = TimeSpan.Zero,
        MaxResponseHeadersLength = 16,
        ConnectCallback = (context, cancellationToken) => ConnectAsync(policy, context.DnsEndPoint, cancellationToken),
    };

    /// <summary>Connects to the address that was looked at: a name that means another one a moment later gains nothing.</summary>
    private static async ValueTask<Stream> ConnectAsync(EgressPolicy policy, DnsEndPoint target, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(target.Host, cancellationToken).ConfigureAwait(false);
        // One inside address among several is enough: who mixes them wants us inside.
        if (addresses.Length == 0 || !addresses.All(policy.AllowsAddress))
            throw new EgressBlockedException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>The address leads inside.</summary>
internal sealed class EgressBlockedException() : IOException(Text)
{
    /// <summary>Clients of the original know this text.</summary>
    public const string Text = "Blocked: private/internal IP address";
}
