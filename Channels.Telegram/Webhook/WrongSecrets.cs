using System.Net;
using System.Net.Sockets;

namespace OpenClaw.Channels.Telegram.Webhook;

/// <summary>Counts pushes without the right secret by where they come from, so that who guesses on is told to stop.</summary>
/// <param name="time">Clock.</param>
internal sealed class WrongSecrets(TimeProvider time)
{
    /// <summary>Wrong secrets of an address in a minute that are answered as such.</summary>
    public const int MaxPerMinute = 20;

    /// <summary>Addresses that are remembered; more than that come only from many who do this together.</summary>
    private const int MaxAddresses = 4096;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, (int Count, long Since)> _addresses = [];

    /// <summary>Counts one. How long its sender should wait, when these are too many; else null.</summary>
    public TimeSpan? Count(IPAddress? address)
    {
        var key = KeyOf(address);
        lock (_gate)
        {
            var now = time.GetTimestamp();
            var (count, since) = _addresses.TryGetValue(key, out var known) && time.GetElapsedTime(known.Since, now) < Window ? known : (0, now);
            if (count == 0 && _addresses.Count >= MaxAddresses)
                Forget(now);
            _addresses[key] = (Math.Min(count + 1, MaxPerMinute + 1), since);
            return count >= MaxPerMinute ? Window - time.GetElapsedTime(since, now) : null;
        }
    }

    private void Forget(long now)
    {
        foreach (var old in _addresses.Where(pair => time.GetElapsedTime(pair.Value.Since, now) >= Window).Select(static pair => pair.Key).ToList())
            _addresses.Remove(old);
        if (_addresses.Count >= MaxAddresses)
            _addresses.Clear();
    }

    /// <summary>Of an IPv6 address the network: who has one address has all of it.</summary>
    private static IPAddress KeyOf(IPAddress? address)
    {
        if (address is null)
            return IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily is not AddressFamily.InterNetworkV6)
            return address;
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes);
    }
}
