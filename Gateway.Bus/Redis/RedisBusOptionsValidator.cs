using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace OpenClaw.Gateway.Bus.Redis;

internal sealed class RedisBusOptionsValidator : IValidateOptions<RedisBusOptions>
{
    public ValidateOptionsResult Validate(string? name, RedisBusOptions options)
    {
        string?[] errors =
        [
            ConfigurationError(options.Configuration),
            PrefixError(options.KeyPrefix),
            AuthorityError(options.CertificateAuthorityFile),
            options.Membership is { Length: 0 or > 128 } ? $"{nameof(options.Membership)} has {options.Membership.Length} characters; allowed are 1 to 128." : null,
            OptionRange.Error(nameof(options.MembershipTimeToLive), options.MembershipTimeToLive, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)),
            OptionRange.Error(nameof(options.CommandTimeout), options.CommandTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)),
            OptionRange.Error(nameof(options.ProbeInterval), options.ProbeInterval, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(10)),
            OptionRange.Error(nameof(options.ProbeTimeout), options.ProbeTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10)),
            OptionRange.Error(nameof(options.MaxReconnectDelay), options.MaxReconnectDelay, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)),
            OptionRange.Error(nameof(options.ClaimTimeout), options.ClaimTimeout, TimeSpan.FromMilliseconds(500), TimeSpan.FromMinutes(10)),
            OptionRange.Error(nameof(options.MaxPayloadBytes), options.MaxPayloadBytes, 1 << 10, 256 << 20),
            OptionRange.Error(nameof(options.MaxMapEntries), options.MaxMapEntries, 1, 10_000_000),
            OptionRange.Error(nameof(options.MaxMapValueBytes), options.MaxMapValueBytes, 1 << 10, 64 << 20),
            OptionRange.Error(nameof(options.MaxQueueEntryBytes), options.MaxQueueEntryBytes, 1 << 10, 64 << 20),
            OptionRange.Error(nameof(options.MaxQueueEntries), options.MaxQueueEntries, 1, 10_000_000),
            OptionRange.Error(nameof(options.MaxQueueBytes), options.MaxQueueBytes, 1 << 20, 1L << 40),
            OptionRange.Error(nameof(options.MaxDeadLetters), options.MaxDeadLetters, 1, 1_000_000),
        ];
        var wrong = errors.Where(e => e is not null).Select(e => $"{nameof(RedisBusOptions)}: {e}").ToList();
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static string? ConfigurationError(string configuration)
    {
        if (string.IsNullOrWhiteSpace(configuration))
            return $"{nameof(RedisBusOptions.Configuration)} is not set; give host:port, and password=… where one is needed.";
        try
        {
            return ConfigurationOptions.Parse(configuration).EndPoints.Count == 1
                ? null
                : $"{nameof(RedisBusOptions.Configuration)} does not name exactly one host:port.";
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
        {
            // Not the exception's text: it may quote a password.
            return $"{nameof(RedisBusOptions.Configuration)} is not of the form host:port,key=value,…; the keys are those of StackExchange.Redis.";
        }
    }

    private static string? PrefixError(string prefix) =>
        prefix.Length is >= 1 and <= 64 && !prefix.Any(c => c is '{' or '}' || char.IsControl(c))
            ? null
            : $"{nameof(RedisBusOptions.KeyPrefix)} is '{prefix}'; allowed are 1 to 64 characters without braces and control characters.";

    private static string? AuthorityError(string? path) =>
        path is null || File.Exists(path) ? null : $"{nameof(RedisBusOptions.CertificateAuthorityFile)} is '{path}'; there is no such file.";
}
