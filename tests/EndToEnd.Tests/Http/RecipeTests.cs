using System.Text.RegularExpressions;
using OpenClaw.Fakes.OpenAi;
using OpenClaw.Testing;

namespace OpenClaw.EndToEnd.Tests.Http;

/// <summary>Every recipe of docs/http.md is run as it stands there.</summary>
public sealed partial class RecipeTests
{
    [Theory]
    [AllInOne]
    [Distributed]
    public async Task EveryRecipe_DoesWhatItSays(Composition composition)
    {
        await using var gateway = await ApiGateway.StartAsync(composition);
        var variables = new Dictionary<string, string>
        {
            ["GATEWAY"] = gateway.Address.ToString().TrimEnd('/'),
            ["TOKEN"] = IRunningGateway.Token,
            ["HOOK_TOKEN"] = ApiGateway.HookToken,
        };
        var recipes = RecipePattern().Matches(await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "docs", "http.md"))).Select(static match => match.Groups[1].Value).ToList();
        Assert.True(recipes.Count >= 14, $"{recipes.Count} recipes");

        foreach (var recipe in recipes)
        {
            var expected = ExpectedPattern().Match(recipe).Groups[1].Value;
            Assert.NotEmpty(expected);
            if (recipe.Contains("\"tools\":", StringComparison.Ordinal))
                gateway.Model.Enqueue(FakeReply.Tool("get_weather", """{"city":"Bern"}"""));
            var output = await ProgramRun.OutputOfAsync("bash", ["-euc", recipe], variables);
            Assert.True(output.Contains(expected, StringComparison.Ordinal), $"{recipe}\ngave:\n{output}");
        }
    }

    [GeneratedRegex("```bash\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex RecipePattern();

    [GeneratedRegex("^# => (.+)$", RegexOptions.Multiline)]
    private static partial Regex ExpectedPattern();
}
