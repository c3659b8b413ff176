using System.Net;
using System.Security.Cryptography;

namespace OpenClaw.Cli.Updates;

/// <summary>Something about an update did not work; its message is for the user.</summary>
internal sealed class UpdateException(string message) : Exception(message);

/// <summary>Where new versions come from: a directory on this machine or a feed over HTTP, with the files of eng/package in it.</summary>
internal sealed class UpdateSource(string feed) : IDisposable
{
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { UseCookies = false, MaxAutomaticRedirections = 5, ConnectTimeout = TimeSpan.FromSeconds(15) });
    private readonly bool _isRemote = feed.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || feed.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    /// <summary>Asks what there is.</summary>
    /// <param name="channel">stable, or the subdirectory of another one.</param>
    /// <param name="version">A certain version; null for the newest.</param>
    /// <param name="rid">This machine, in .NET's words.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<UpdateManifest> AskAsync(string channel, string? version, string rid, CancellationToken cancellation)
    {
        var name = Inside(channel, version is null ? $"openclaw-{rid}.json" : $"openclaw-{version}-{rid}.json");
        await using var stream = await OpenAsync(name, cancellation).ConfigureAwait(false);
        var buffer = new byte[UpdateManifest.MaxBytes + 1];
        var length = await ReadAsync(stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation)).ConfigureAwait(false);
        if (length > UpdateManifest.MaxBytes)
            throw new UpdateException($"{Shown(name)} is too large for what it should be");
        if (!UpdateManifest.TryParse(buffer.AsMemory(0, length), out var manifest, out var problem))
            throw new UpdateException($"{Shown(name)}: {problem}");
        if (version is not null && manifest.Version != version)
            throw new UpdateException($"{Shown(name)} is about version {manifest.Version}");
        return manifest;
    }

    /// <summary>Gets the archive into a file. Nothing that differs from the manifest is left there.</summary>
    public async Task DownloadAsync(UpdateManifest manifest, string channel, string path, CancellationToken cancellation)
    {
        var name = Inside(channel, manifest.File);
        await using var source = await OpenAsync(name, cancellation).ConfigureAwait(false);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[128 * 1024];
        var total = 0L;
        await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write))
        {
            while (await ReadAsync(source.ReadAsync(buffer, cancellation)).ConfigureAwait(false) is > 0 and var read)
            {
                total += read;
                if (total > manifest.Size)
                    break;
                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellation).ConfigureAwait(false);
            }
            file.Flush(flushToDisk: true);
        }
        if (total == manifest.Size && Convert.ToHexStringLower(hash.GetHashAndReset()) == manifest.Sha256)
            return;
        File.Delete(path);
        throw new UpdateException($"{Shown(name)} is not the archive that the feed names: its {(total == manifest.Size ? "hash" : "size")} differs");
    }

    public void Dispose() => _http.Dispose();

    private static string Inside(string channel, string name) => channel == "stable" ? name : channel + "/" + name;

    /// <summary>Without a name and a password that the address may hold.</summary>
    private string Shown(string name) => !_isRemote ? Path.Combine(feed, name)
        : Uri.TryCreate(Address(name), UriKind.Absolute, out var address) ? address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
        : name;

    private string Address(string name) => feed.TrimEnd('/') + "/" + name;

    private async Task<Stream> OpenAsync(string name, CancellationToken cancellation)
    {
        if (!_isRemote)
        {
            try
            {
                return File.OpenRead(Path.Combine(feed, name));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new UpdateException(e.Message);
            }
        }
        if (!Uri.TryCreate(Address(name), UriKind.Absolute, out var address))
            throw new UpdateException($"{feed} is no address");
        // The hash comes by the same way as the archive: without encryption, whoever is on the way could give both.
        if (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback)
            throw new UpdateException($"{Shown(name)} is not encrypted: a feed of another machine needs https://");
        HttpResponseMessage? response = null;
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            response = await _http.SendAsync(request, cancellation).ConfigureAwait(false);
            if (response.StatusCode is not HttpStatusCode.OK)
                throw new UpdateException($"{Shown(name)} answers with HTTP {(int)response.StatusCode}");
            var body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
            response = null;
            return body;
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new UpdateException($"{Shown(name)} cannot be reached: {e.GetBaseException().Message}");
        }
        finally
        {
            response?.Dispose();
        }
    }

    private static async Task<int> ReadAsync(ValueTask<int> reading)
    {
        try
        {
            return await reading.ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new UpdateException($"the connection broke: {e.GetBaseException().Message}");
        }
    }
}
