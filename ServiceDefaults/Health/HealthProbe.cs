using System.Net;
using System.Net.Security;

namespace OpenClaw.ServiceDefaults.Health;

/// <summary>
/// Asks a service of this machine how it is, and says so by the exit code: <c>--probe http://127.0.0.1:8080/readyz</c>. For supervisors that
/// can only run a program, in images that have no other one.
/// </summary>
public static class HealthProbe
{
    /// <summary>Argument in front of the address.</summary>
    public const string Argument = "--probe";

    /// <summary>A service that needs longer for two words is not well.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>Probes when the arguments ask for it.</summary>
    /// <param name="args">Arguments of the program.</param>
    /// <param name="time">Clock.</param>
    /// <returns>Exit code: 0 for an answer of 200, 1 for any other or none, 2 for a wrong address; null when nothing was asked for.</returns>
    public static async Task<int?> TryRunAsync(string[] args, TimeProvider time)
    {
        if (args is not [Argument, ..])
            return null;
        // Only of this machine: nobody is to make the program of a service call others.
        if (args.Length != 2 || !Uri.TryCreate(args[1], UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || !address.IsLoopback)
            return 2;
        using var patience = new CancellationTokenSource(Patience, time);
        // No name on a certificate fits the address 127.0.0.1, and nothing secret is sent there.
        using var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = static (_, _, _, _) => true } };
        using var client = new HttpMessageInvoker(handler);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            using var response = await client.SendAsync(request, patience.Token).ConfigureAwait(false);
            return response.StatusCode is HttpStatusCode.OK ? 0 : 1;
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            return 1;
        }
    }
}
