using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;

namespace OpenClaw.Gateway.Client.Connections;

/// <summary>Words for failed connects: Node's, since scripts and people know them from there.</summary>
internal static class NetworkErrors
{
    /// <param name="error">What the connect threw.</param>
    /// <param name="url">Where it went.</param>
    /// <param name="httpStatus">Status of an HTTP answer that was no upgrade; 0 when there was none.</param>
    public static string Describe(Exception error, Uri url, int httpStatus)
    {
        if (httpStatus != 0)
            return "Unexpected server response: " + httpStatus.ToString(CultureInfo.InvariantCulture);
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException socket)
                return Describe(socket, url);
            if (cause is AuthenticationException tls)
                return tls.Message;
        }
        return "socket hang up";
    }

    private static string Describe(SocketException error, Uri url) => error.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.NoData => "getaddrinfo ENOTFOUND " + url.IdnHost,
        SocketError.TryAgain => "getaddrinfo EAI_AGAIN " + url.IdnHost,
        SocketError.ConnectionReset => "read ECONNRESET",
        SocketError.ConnectionRefused => Connect("ECONNREFUSED", url),
        SocketError.TimedOut => Connect("ETIMEDOUT", url),
        SocketError.HostUnreachable => Connect("EHOSTUNREACH", url),
        SocketError.NetworkUnreachable => Connect("ENETUNREACH", url),
        SocketError.AccessDenied => Connect("EACCES", url),
        _ => error.Message,
    };

    private static string Connect(string code, Uri url) =>
        string.Create(CultureInfo.InvariantCulture, $"connect {code} {url.IdnHost}:{url.Port}");
}
