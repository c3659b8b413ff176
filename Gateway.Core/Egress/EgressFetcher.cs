using System.Net;
using System.Net.Http.Headers;

namespace OpenClaw.Gateway.Core.Egress;

/// <summary>Bounds of one fetch.</summary>
/// <param name="MaxBytes">Largest body.</param>
/// <param name="MaxRedirects">Hops that are followed.</param>
/// <param name="Timeout">Time for everything, hops and body included.</param>
internal sealed record EgressLimits(long MaxBytes, int MaxRedirects, TimeSpan Timeout);

/// <summary>What came of a fetch: a body, or why there is none, in the words of the original.</summary>
/// <param name="Bytes">The body.</param>
/// <param name="ContentType">As the server says; null when it does not.</param>
/// <param name="Error">Why there is none.</param>
internal sealed record EgressResult(byte[] Bytes, MediaTypeHeaderValue? ContentType, string? Error)
{
    public static EgressResult Failed(string error) => new([], null, error);
}

/// <summary>Fetches addresses that callers name: only http(s), only out on the internet at every hop, and never more or longer than allowed.</summary>
internal sealed class EgressFetcher(IHttpClientFactory clients, EgressPolicy policy, TimeProvider time)
{
    private const string UserAgent = "OpenClaw-Gateway/1.0";
    private const string Blocked = "SsrFBlockedError: ";

    public async Task<EgressResult> FetchAsync(string url, EgressLimits limits, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(limits.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await FollowAsync(url, limits, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return EgressResult.Failed("Error: Failed to fetch: it took too long");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return EgressResult.Failed(IsBlocked(e) ? Blocked + EgressBlockedException.Text : "Error: Failed to fetch: the server cannot be reached or broke off");
        }
    }

    private async Task<EgressResult> FollowAsync(string url, EgressLimits limits, CancellationToken cancellationToken)
    {
        var client = clients.CreateClient(EgressServices.ClientName);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
            return EgressResult.Failed("Error: Invalid URL");
        for (var hop = 0; ; hop++)
        {
            if (Refusal(address) is { } refusal)
                return EgressResult.Failed(refusal);
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if ((int)response.StatusCode is >= 301 and <= 308 and not 304 && response.Headers.Location is { } next)
            {
                if (hop >= limits.MaxRedirects)
                    return EgressResult.Failed(FormattableString.Invariant($"Error: Too many redirects (limit: {limits.MaxRedirects})"));
                if (!Uri.TryCreate(address, next, out var target))
                    return EgressResult.Failed("Error: Failed to fetch: the server redirects to an invalid URL");
                address = target;
                continue;
            }
            return response.StatusCode is HttpStatusCode.OK
                ? await ReadAsync(response, limits.MaxBytes, cancellationToken).ConfigureAwait(false)
                : EgressResult.Failed(FormattableString.Invariant($"Error: Failed to fetch: {(int)response.StatusCode}"));
        }
    }

    private string? Refusal(Uri address)
    {
        if (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)
            return "Error: Invalid URL protocol: only http and https are allowed";
        if (!policy.AllowsHost(address.IdnHost))
            return Blocked + "Blocked hostname: " + address.IdnHost;
        // Addresses are looked at again where the connection is made; here the answer comes without one.
        return IPAddress.TryParse(address.IdnHost.Trim('[', ']'), out var literal) && !policy.AllowsAddress(literal) ? Blocked + EgressBlockedException.Text : null;
    }

    private static async Task<EgressResult> ReadAsync(HttpResponseMessage response, long maxBytes, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > maxBytes)
            return TooLarge(response.Content.Headers.ContentLength.Value, maxBytes);
        using var body = new MemoryStream();
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var buffer = new byte[16 * 1024];
            while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var read and > 0)
            {
                body.Write(buffer, 0, read);
                if (body.Length > maxBytes)
                    return TooLarge(body.Length, maxBytes);
            }
        }
        return new EgressResult(body.ToArray(), response.Content.Headers.ContentType, null);
    }

    private static EgressResult TooLarge(long size, long maxBytes) =>
        EgressResult.Failed(FormattableString.Invariant($"Error: Content too large: {size} bytes (limit: {maxBytes} bytes)"));

    private static bool IsBlocked(Exception? e) => e is EgressBlockedException || (e?.InnerException is { } inner && IsBlocked(inner));
}
