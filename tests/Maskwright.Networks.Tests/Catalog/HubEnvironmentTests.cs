using Maskwright.Networks.Catalog.Hub;
using Xunit;

namespace Maskwright.Networks.Tests.Catalog;

public sealed class HubEnvironmentTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Without_variables_it_is_the_public_hub_and_the_usual_folder()
    {
        var environment = Read();

        Assert.Equal(new Uri("https://huggingface.co"), environment.Endpoint);
        Assert.Equal(Path.Combine(folder.Path, ".cache", "huggingface", "hub"), environment.CacheFolder);
        Assert.Null(environment.Token);
        Assert.False(environment.IsOffline);
        Assert.True(environment.UsesSymlinks);
    }

    [Theory]
    [InlineData("XDG_CACHE_HOME=/x", "/x/huggingface/hub")]
    [InlineData("XDG_CACHE_HOME=/x;HF_HOME=/h", "/h/hub")]
    [InlineData("HF_HOME=/h;HUGGINGFACE_HUB_CACHE=/old", "/old")]
    [InlineData("HF_HOME=/h;HUGGINGFACE_HUB_CACHE=/old;HF_HUB_CACHE=/c", "/c")]
    [InlineData("HF_HUB_CACHE=${BASE}/c;BASE=/b", "/b/c")]
    [InlineData("HF_HUB_CACHE=$BASE/c;BASE=/b", "/b/c")]
    public void The_nearest_variable_names_the_cache(string variables, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix paths.");

        Assert.Equal(expected, Read(variables.Split(';')).CacheFolder);
    }

    [Fact]
    public void A_tilde_is_the_home_folder() => Assert.Equal(Path.Combine(folder.Path, "models"), Read("HF_HUB_CACHE=~/models").CacheFolder);

    [Theory]
    [InlineData("1", true)]
    [InlineData("true", true)]
    [InlineData("Yes", true)]
    [InlineData("ON", true)]
    [InlineData("0", false)]
    [InlineData("", false)]
    [InlineData("maybe", false)]
    public void Offline_is_said_as_the_hubs_tools_say_it(string value, bool expected) => Assert.Equal(expected, Read("HF_HUB_OFFLINE=" + value).IsOffline);

    [Fact]
    public void The_token_comes_from_its_variable_before_its_file()
    {
        folder.Write(".cache/huggingface/token", "from-file\n");

        Assert.Equal("from-file", Read().Token);
        Assert.Equal("hf_1", Read("HF_TOKEN= hf_1\n").Token);
        Assert.Equal("hf_2", Read("HUGGING_FACE_HUB_TOKEN=hf_2").Token);
        Assert.Equal("elsewhere", Read("HF_TOKEN_PATH=" + folder.Write("t", "elsewhere")).Token);
        Assert.Null(Read("HF_TOKEN=hf_1", "HF_HUB_DISABLE_IMPLICIT_TOKEN=1").Token);
    }

    [Fact]
    public void The_token_is_not_printed() => Assert.DoesNotContain("hf_secret", Read("HF_TOKEN=hf_secret").ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("HF_ENDPOINT=huggingface.co")]
    [InlineData("HF_ENDPOINT=file:///x")]
    [InlineData("HF_TOKEN=two words")]
    [InlineData("HF_TOKEN=a\nInjected: b")]
    public void What_cannot_be_used_is_named(string variable)
    {
        var fault = Assert.Throws<HubException>(() => Read(variable));

        Assert.Equal(HubFault.InvalidSetting, fault.Fault);
        Assert.Contains(variable.Split('=')[0], fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_endpoint_may_be_a_mirror_below_a_path() => Assert.Equal("http://mirror:8080/hf", Read("HF_ENDPOINT=http://mirror:8080/hf/").Endpoint.ToString());

    [Fact]
    public void All_unusable_options_are_named_at_once()
    {
        var options = new HubOptions { Attempts = 0, StallTimeout = TimeSpan.Zero };

        var error = Assert.Throws<ArgumentException>(options.Validate);

        Assert.Contains("Attempts", error.Message, StringComparison.Ordinal);
        Assert.Contains("StallTimeout", error.Message, StringComparison.Ordinal);
    }

    private HubEnvironment Read(params string[] variables)
    {
        var values = variables.Select(variable => variable.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return HubEnvironment.From(values.GetValueOrDefault, folder.Path);
    }
}
