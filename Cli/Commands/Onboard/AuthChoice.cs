using System.Globalization;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Onboarding;
using OpenClaw.Gateway.Core.Onboarding.Checks;

namespace OpenClaw.Cli.Commands.Onboard;

/// <summary>From the flags to the key of a provider.</summary>
/// <param name="Choice">As in <c>--auth-choice</c>; what the summary names.</param>
/// <param name="Key">The key; null for none.</param>
/// <param name="Problem">What is wrong, or null.</param>
internal sealed record AuthChoice(string Choice, ChosenKey? Key, string? Problem = null)
{
    public const string Skip = "skip";
    private const string Anthropic = "anthropic";

    /// <summary>Sign-ins of the peer that need a browser or another program's files.</summary>
    private static readonly string[] SignIns = ["chutes", "openai-codex", "claude-cli", "codex-cli", "oauth", "qwen-portal", "minimax-portal", "github-copilot"];

    public static AuthChoice Of(OnboardArguments arguments, GatewayEnvironment environment, DateTimeOffset now)
    {
        if (arguments.AuthChoice is not { } choice)
        {
            if (arguments.Keys.Count > 1)
                return Wrong("", "Several keys were given; say with --auth-choice which provider is meant.");
            if (arguments.Keys.Count == 0)
                return new AuthChoice(Skip, null);
            choice = OnboardingProvider.All.First(provider => arguments.Keys.ContainsKey(provider.Id)).AuthChoice;
        }
        if (choice == Skip)
            return new AuthChoice(Skip, null);
        if (choice is "token" or "setup-token")
            return Token(choice, arguments, now);
        if (OnboardingProvider.All.FirstOrDefault(provider => provider.AuthChoice == choice) is not { } chosen)
        {
            return Wrong(choice, SignIns.Contains(choice)
                ? $"--auth-choice \"{choice}\" is a sign-in that is not available here; use a key."
                : $"Invalid --auth-choice \"{choice}\" (use {string.Join('|', OnboardingProvider.All.Select(static provider => provider.AuthChoice))}|token|setup-token|skip).");
        }
        var key = arguments.Keys.GetValueOrDefault(chosen.Id) ?? environment.Get(chosen.EnvironmentName);
        if (key is null)
            return Wrong(choice, $"Missing {chosen.Flag} (or {chosen.EnvironmentName} in env).");
        return OnboardingChecks.IsSecret(key) ? new AuthChoice(choice, new ChosenKey(chosen.Id, key)) : Wrong(choice, $"Invalid {chosen.Flag} (letters, digits and signs without blanks).");
    }

    private static AuthChoice Token(string choice, OnboardArguments arguments, DateTimeOffset now)
    {
        var provider = arguments.TokenProvider?.Trim().ToLowerInvariant() ?? (choice == "setup-token" ? Anthropic : null);
        if (string.IsNullOrEmpty(provider))
            return Wrong(choice, "Missing --token-provider for --auth-choice token.");
        if (!provider.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            return Wrong(choice, "Invalid --token-provider (letters, digits, \"-\", \"_\" and \".\").");
        if (arguments.Token?.Trim() is not { Length: > 0 } token)
            return Wrong(choice, "Missing --token for --auth-choice token.");
        if (!OnboardingChecks.IsSecret(token))
            return Wrong(choice, "Invalid --token (letters, digits and signs without blanks).");
        DateTimeOffset? expires = null;
        if (arguments.TokenExpiresIn is { } lasts)
        {
            if (Duration(lasts) is not { } duration)
                return Wrong(choice, $"Invalid --token-expires-in: {lasts} (12h, 365d)");
            expires = now + duration;
        }
        var key = new ChosenKey(provider, token) { IsToken = true, Expires = expires };
        return new AuthChoice(choice, arguments.TokenProfileId?.Trim() is { Length: > 0 } id ? key with { ProfileId = id } : key);
    }

    /// <summary>A number and one of ms, s, m, h, d; days without a unit. At most a hundred years.</summary>
    internal static TimeSpan? Duration(string text)
    {
        var trimmed = text.Trim().ToLowerInvariant();
        var digits = trimmed.TrimEnd('m', 's', 'h', 'd');
        if (!double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number <= 0)
            return null;
        var milliseconds = number * (trimmed[digits.Length..] switch { "ms" => 1, "s" => 1000, "m" => 60_000, "h" => 3_600_000, "d" or "" => 86_400_000, _ => double.NaN });
        return milliseconds <= 36_525 * 86_400_000.0 ? TimeSpan.FromMilliseconds(milliseconds) : null;
    }

    private static AuthChoice Wrong(string choice, string problem) => new(choice, null, problem);
}
