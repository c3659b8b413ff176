using Microsoft.AspNetCore.Http;
using OpenClaw.Gateway.Core.Handshake;

namespace OpenClaw.Gateway.Core.Connections;

/// <summary>
/// Bounds how many sockets may sit unauthenticated, in all and per address, so that strangers cannot use up memory.
/// </summary>
internal sealed class PendingHandshakes
{
    /// <summary>Sockets without a handshake, over all addresses.</summary>
    public const int MaxTotal = 4096;

    /// <summary>The same per address that is not this machine.</summary>
    public const int MaxPerAddress = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _byAddress = new(StringComparer.Ordinal);
    private int _total;

    /// <summary>A place until it is disposed; null when there is none.</summary>
    public IDisposable? TryEnter(HttpContext http)
    {
        var peer = http.Connection.RemoteIpAddress;
        var key = peer is null || System.Net.IPAddress.IsLoopback(peer) ? null : ClientAddress.RateLimitKey(peer.ToString());
        lock (_gate)
        {
            var mine = key is null ? 0 : _byAddress.GetValueOrDefault(key);
            if (_total >= MaxTotal || mine >= MaxPerAddress)
                return null;
            _total++;
            if (key is not null)
                _byAddress[key] = mine + 1;
        }
        return new Place(this, key);
    }

    private void Leave(string? key)
    {
        lock (_gate)
        {
            _total--;
            if (key is null)
                return;
            if (_byAddress[key] == 1)
                _byAddress.Remove(key);
            else
                _byAddress[key]--;
        }
    }

    private sealed class Place(PendingHandshakes owner, string? key) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
                owner.Leave(key);
        }
    }
}
