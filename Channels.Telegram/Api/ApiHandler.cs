using System.Net;

namespace OpenClaw.Channels.Telegram.Api;

/// <summary>How connections to the API are made.</summary>
internal static class ApiHandler
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Shorter than the API's servers keep a connection: one that they are closing right now makes a send ambiguous.</summary>
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(20);

    /// <param name="proxy">Through which connections go; null for none.</param>
    /// <param name="connect">Makes them; null for the usual way.</param>
    public static SocketsHttpHandler Create(Uri? proxy, Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>>? connect = null) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.GZip,
        ConnectTimeout = ConnectTimeout,
        PooledConnectionIdleTimeout = IdleTimeout,
        // The addresses behind the name change.
        PooledConnectionLifetime = TimeSpan.FromMinutes(15),
        // Null also keeps requests out of traces, whose addresses hold the token.
        ActivityHeadersPropagator = null,
        UseProxy = proxy is not null,
        Proxy = proxy is null ? null : ProxyOf(proxy),
        ConnectCallback = connect ?? AddressRace.ConnectAsync,
    };

    private static WebProxy ProxyOf(Uri proxy)
    {
        var parts = proxy.UserInfo.Split(':', 2);
        var address = new UriBuilder(proxy) { UserName = "", Password = "" }.Uri;
        return new WebProxy(address)
        {
            Credentials = proxy.UserInfo.Length == 0 ? null : new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : ""),
        };
    }
}
