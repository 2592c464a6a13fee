/** First and last names of one origin, and their share of the drivers in percent. */
interface NameGroup {
  readonly share: number;
  readonly first: readonly string[];
  readonly last: readonly string[];
}

/**
 * Origins of New York's cab drivers, roughly in the proportions of the city's statistics; some names are in their own
 * script.
 */
export const NAMES: readonly NameGroup[] = [
  nameGroup(
    20,
    'Rafiq Abdul Mohammed Kamal Shahin Nasrin Jahangir Farhana Anwar Tariqul Shirin Mizanur',
    'Chowdhury Rahman Hossain Islam Ahmed Uddin Miah Khan Begum Sarkar Bhuiyan Talukder',
  ),
  nameGroup(3, 'করিম রহিমা সেলিম আয়েশা', 'হোসেন চৌধুরী রহমান মিয়া'),
  nameGroup(
    10,
    'Imran Bilal Asif Saima Usman Naveed Farooq Zahid Ayesha Waqas',
    'Malik Butt Qureshi Mirza Sheikh Iqbal Chaudhry Raja Akhtar Siddiqui',
  ),
  nameGroup(
    8,
    'Gurpreet Harjit Baljinder Manpreet Rajesh Jaswinder Sukhdev Priya Amrit Kulwinder',
    'Singh Kaur Gill Dhillon Sandhu Patel Sharma Grewal Bedi Kumar',
  ),
  nameGroup(2, 'ਗੁਰਪ੍ਰੀਤ ਹਰਜੀਤ ਅਮਰਜੀਤ', 'ਸਿੰਘ ਕੌਰ ਗਿੱਲ'),
  nameGroup(
    9,
    'Jean-Baptiste Marie-Ève Wilner Réginald Ketsia Emmanuel Guerline Frantz Josué Mirlande',
    'Toussaint Pierre-Louis Joseph Désir Étienne François Jean-Charles Baptiste Métayer Louissaint',
  ),
  nameGroup(
    12,
    'Luis José María Ramón Altagracia Yunior Ángel Rosa Héctor Inés Wilfredo Begoña',
    'Ortega~Núñez Rodríguez Peña De~la~Cruz Almonte Guamán Quispe Muñoz Castañeda Batista Polanco Yáñez',
  ),
  nameGroup(
    7,
    'Ahmed Mostafa Karim Nadia Youssef Rachid Salma Hicham Mahmoud Samira',
    'El-Sayed Hassan Benali Abdelrahman Mansour El~Amrani Farouk Ibrahim Bensaïd Ghali',
  ),
  nameGroup(2, 'محمد أحمد فاطمة يوسف', 'السيد حسن منصور إبراهيم'),
  nameGroup(
    8,
    "Kwame Amara Mamadou Fatou Ousmane Chinedu Aïssatou Ibrahima N'Golo Adwoa",
    'Diallo Mensah Traoré Okafor Bah Sow Ouédraogo Adeyemi Camara Boateng',
  ),
  nameGroup(
    4,
    'Aleksandr Dmitri Svitlana Bekzod Giorgi Oleksiy Nodira Yuri',
    'Kuznetsov Kovalenko Karimov Beridze Rakhimov Melnyk Petrov Yusupov',
  ),
  nameGroup(2, 'Олена Сергей Бахтиёр Андрій', 'Шевченко Кузнецов Каримов Коваль'),
  nameGroup(3, 'Wei Jian Mei-Ling Guo Xiu Zhen', 'Chen Wang Lin Zheng Huang Li'),
  nameGroup(1, '小明 建国 秀英', '王 陈 林'),
  nameGroup(2, 'Tenzin Pema Bishal Sunita Dawa Prakash', 'Dorje Sherpa Gurung Tamang Lama Shrestha'),
  nameGroup(1, '민준 서연 영호', '김 박 이'),
  nameGroup(
    6,
    'Michael Denise Anthony Kevin Theresa Dwayne Seán Nikolaos Rocío Latoya',
    "O'Neill Johnson Russo Williams Papadopoulos Brown Rivera Washington Cohen D'Amico",
  ),
];

/** In the lists, `~` represents a space within a name. */
function nameGroup(share: number, first: string, last: string): NameGroup {
  const names = (list: string): string[] => list.split(' ').map((name) => name.replaceAll('~', ' '));
  return { share, first: names(first), last: names(last) };
}
