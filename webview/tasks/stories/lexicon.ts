/**
 * @file The words of the stories, the frequent ones first in each list. Knows nothing of grammar.
 *
 * The first five of a list begin with different letters, so that a small model that has not yet
 * learned to recall a word chooses one at its first letter and does not blend two. A list is read
 * by `category.ts`: `mouse/mice` gives both forms where they are not made by rule. Things and
 * describers begin with a consonant, since they follow 'a'.
 */

export const names = `
  tom anna ben mia sam lily kim dan finn ruby tim ella max nora jack emma leo rosa paul clara
  hugo vera otto ida nick mona carl sofia john greta alan maya fred julia omar lucy eric tina mark eva
  ravi hana luis zoe adam nina peter lena felix dora hans wanda igor yara simon olga david kate viktor june`;

export const things = `
  ball cake hat kite drum ring lamp book boat cup bell key doll rose coin map pen box flag shell
  basket candle blanket button brush bottle bucket carrot cherry chair clock coat cookie crown
  feather flute glove guitar hammer jar kettle ladder lemon letter mask mirror mitten mug necklace
  nut paddle pancake peach pear pencil pillow pipe plate plum pot puppet puzzle ribbon robot rope
  sandwich scarf shoe shovel spoon stamp stone stool sweater teapot ticket torch toy train trumpet
  violin wagon whistle wheel`;

export const beings = `
  dog cat bird girl fox horse boy cow duck frog hen bear bee mouse/mice man/men woman/women
  child/children lion goat pig owl ant baby badger beaver bunny butterfly camel chicken cousin
  crab cricket crow dancer doctor dolphin donkey dragon driver eagle elephant farmer fly giant
  goose/geese hamster hedgehog king kitten knight lamb lizard monkey moth mole neighbor otter
  painter panda parrot penguin pigeon pirate pony princess puppy queen rabbit raccoon robin sailor
  seal singer snail snake spider squirrel swan teacher tiger toad turtle twin uncle whale wizard
  wolf/wolves worm zebra`;

export const actions = `
  run sing jump dance walk hide play laugh sleep swim smile wait cry rest eat yawn skip sit
  blink bow clap climb cough crawl dream drink fall giggle hop hum kneel listen march nod paint
  race roll shiver shout sigh slide sneeze snore spin stand stretch tremble wake whisper wink work`;

export const deeds = `
  see like hear know find miss help love follow call chase meet thank greet hug tease watch trust
  admire amuse annoy carry cheer fear forgive guide invite need notice push remember visit`;

export const describers = `
  red big new small warm green long blue round soft black shiny white yellow pink brown bright cheap
  clean cold dark dusty fancy flat golden heavy hollow huge light lucky magic narrow neat plain
  pretty purple rusty short silver simple sticky striped tiny wet wooden`;

export const looks = `
  old little young tall fat kind brave shy quick loud quiet funny clever gentle gray hungry lazy
  noisy proud rude silly sleepy slow smart spotted strange strong thin wild wise`;

export const places = `
  garden park house barn yard forest kitchen field town school room pond tent cave lake meadow
  attic bakery bus castle cellar church city desert hall harbor hotel jungle library market museum
  orchard palace river shop stable theater tower valley village`;

export const feelings = `
  happy sad tired calm glad angry bored excited nervous grateful jealous afraid ashamed busy
  cheerful curious dizzy eager hopeful hurt lonely mad merry nice pleased ready scared sick sorry
  surprised thirsty upset worried`;
